#include "file/file.h"
#include "support/scratch.h"
#include "update/delta/decode.h"
#include "update/delta/delta.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIB = 1 << 10, MIB = 1 << 20 };

static Scratch scratch;
static char paths[3][SCRATCH_PATH_SIZE];

static void init(void)
{
    static const char *const names[] = {"base", "delta", "result"};
    scratch_init(&scratch);
    for (size_t i = 0; i < 3; i++)
        snprintf(paths[i], sizeof paths[i], "%s", scratch_path(&scratch, names[i]));
}

static void finish(void) { scratch_finish(&scratch); }

TestSuite(delta, .init = init, .fini = finish, .timeout = 120);

/* ---- what changed --------------------------------------------------------------------------- */

/* Bytes that nothing compresses, the same each time. */
static void fill(unsigned char *bytes, size_t size, uint64_t seed)
{
    for (size_t i = 0; i < size; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (unsigned char)(seed >> 56);
    }
}

/* A base and a result on disk, and what metadata would say of them. */
typedef struct Pair {
    MpDelta delta;
    MpDeltaBytes bytes;
} Pair;

static Pair make_pair(const void *base, size_t base_size, const void *result, size_t result_size)
{
    MpError error = {0};
    Pair pair;
    cr_assert(mp_delta_make(base, base_size, result, result_size, &pair.bytes, &error), "%s",
              error.message);
    scratch_write(&scratch, "base", base, base_size);
    scratch_write(&scratch, "delta", pair.bytes.bytes, pair.bytes.size);
    pair.delta = (MpDelta){.base = paths[0],
                           .delta = paths[1],
                           .path = paths[2],
                           .base_hash = mp_hash_of(base, base_size),
                           .result_hash = mp_hash_of(result, result_size),
                           .result_length = result_size,
                           .memory = pair.bytes.memory};
    return pair;
}

static void expect_result(const MpDelta *delta, const char *what)
{
    size_t size = 0;
    MpError error = {0};
    cr_expect(mp_delta_apply(delta, &error), "%s: %s", what, error.message);
    char *text = mp_file_read(delta->path, 64 * MIB, &size, NULL);
    MpHash hash = mp_hash_of(text, size);
    cr_expect(text && mp_hash_same(&hash, &delta->result_hash), "%s", what);
    free(text);
}

Test(delta, makes_the_result_of_the_base)
{
    static const struct {
        const char *what;
        size_t base, result, moved; /* bytes that come before what both have */
        size_t most;                /* of the delta */
    } cases[] = {
        {"the same", 100 * KIB, 100 * KIB, 0, 64},
        {"something before it", 100 * KIB, 100 * KIB + 10, 10, 80},
        {"the end cut", 100 * KIB, 50 * KIB, 0, 64},
        {"much behind it", 10 * KIB, 3 * MIB, 0, MIB + KIB},
        {"from nothing", 0, 10 * KIB, 10 * KIB, 11 * KIB},
        {"to nothing", 10 * KIB, 0, 0, 32},
        {"a base beyond any usual window", 9 * MIB, 9 * MIB, 1, 2 * KIB},
        {"far more than memory may be", KIB, 20 * MIB, 0, MIB + 8 * KIB},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char *base = calloc(1, cases[i].base + 1),
                      *result = calloc(1, cases[i].result + 1);
        fill(base, cases[i].base, 1);
        fill(result, cases[i].result < MIB ? cases[i].result : MIB, 2);
        size_t rest = cases[i].result - cases[i].moved;
        memcpy(result + cases[i].moved, base, rest < cases[i].base ? rest : cases[i].base);
        Pair pair = make_pair(base, cases[i].base, result, cases[i].result);
        cr_expect_leq(pair.bytes.size, cases[i].most, "%s: %zu", cases[i].what, pair.bytes.size);
        cr_expect_leq(pair.bytes.memory, mp_delta_memory_limit(cases[i].base), "%s", cases[i].what);
        expect_result(&pair.delta, cases[i].what);
        free(pair.bytes.bytes);
        free(base);
        free(result);
    }
}

Test(delta, is_the_same_each_time)
{
    MpDeltaBytes one, two;
    unsigned char base[KIB], result[KIB];
    fill(base, sizeof base, 1);
    fill(result, sizeof result, 1);
    result[500] ^= 1;
    cr_assert(mp_delta_make(base, sizeof base, result, sizeof result, &one, NULL));
    cr_assert(mp_delta_make(base, sizeof base, result, sizeof result, &two, NULL));
    cr_expect(one.size == two.size && memcmp(one.bytes, two.bytes, one.size) == 0);
    free(one.bytes);
    free(two.bytes);
}

/* ---- what does not fit ---------------------------------------------------------------------- */

static const char base_text[] = "function Rover:jump(height)\n   self.speed = -4 * height\nend\n";
static const char result_text[] = "function Rover:jump(height)\n   self.speed = -5 * height\nend\n";

static Pair small_pair(void)
{
    return make_pair(base_text, sizeof base_text, result_text, sizeof result_text);
}

/* The file that was there stays, and nothing is left beside it. */
static void expect_words(const MpDelta *delta, const char *what, const char *words)
{
    MpError error = {.message = ""};
    scratch_write_text(&scratch, "result", "what was there");
    cr_expect_not(mp_delta_apply(delta, &error), "%s", what);
    cr_expect(error.message[0] && strstr(error.message, words), "%s: %s", what, error.message);
    char *text = mp_file_read(delta->path, KIB, NULL, NULL);
    cr_expect_str_eq(text, "what was there", "%s", what);
    cr_expect_not(mp_file_exists(scratch_path(&scratch, "result~")), "%s", what);
    free(text);
}

static void expect_refusal(const MpDelta *delta, const char *what)
{
    expect_words(delta, what, "");
}

Test(delta, refuses_what_metadata_does_not_say)
{
    Pair pair = small_pair();
    MpDelta other = pair.delta;
    other.base_hash = mp_hash_of("", 0);
    expect_words(&other, "another base", "the base is another one");
    other = pair.delta;
    other.result_hash = mp_hash_of("", 0);
    expect_words(&other, "another result", "the result is another one");
    other = pair.delta;
    other.result_length++;
    expect_words(&other, "a longer result", "are expected");
    other = pair.delta;
    other.result_length--;
    expect_words(&other, "a shorter result", "are expected");
    other = pair.delta;
    other.memory--;
    expect_words(&other, "less memory than it needs", "of memory");
    other.memory = mp_delta_memory_limit(sizeof base_text) + 1;
    expect_words(&other, "more memory than any may need", "of memory");
    other.memory = 1;
    expect_words(&other, "a base that is too large", "at most 1 are read");
    other = pair.delta;
    other.delta = scratch_path(&scratch, "missing");
    expect_words(&other, "no delta", "cannot read");
    scratch_write_text(&scratch, "base", "damaged");
    expect_words(&pair.delta, "a damaged base", "the base is another one");
    free(pair.bytes.bytes);
}

Test(delta, refuses_every_damaged_byte)
{
    Pair pair = small_pair();
    for (size_t i = 0; i < 8 * pair.bytes.size; i++) {
        char what[32];
        snprintf(what, sizeof what, "bit %zu", i);
        pair.bytes.bytes[i / 8] ^= (unsigned char)(1 << i % 8);
        scratch_write(&scratch, "delta", pair.bytes.bytes, pair.bytes.size);
        MpError error;
        scratch_write_text(&scratch, "result", "what was there");
        /* Some bits of zstd's are of no meaning; then the result is the right one all the same. */
        if (mp_delta_apply(&pair.delta, &error))
            expect_result(&pair.delta, what);
        else
            expect_refusal(&pair.delta, what);
        pair.bytes.bytes[i / 8] ^= (unsigned char)(1 << i % 8);
    }
    free(pair.bytes.bytes);
}

Test(delta, refuses_what_is_cut_and_what_is_added)
{
    Pair pair = small_pair();
    unsigned char *more = calloc(1, pair.bytes.size + 200 * KIB);
    memcpy(more, pair.bytes.bytes, pair.bytes.size);
    for (size_t size = 0; size < pair.bytes.size; size++) {
        scratch_write(&scratch, "delta", more, size);
        expect_refusal(&pair.delta, "cut");
    }
    scratch_write(&scratch, "delta", more, pair.bytes.size - 1);
    expect_words(&pair.delta, "cut at its end", "cut short");
    static const size_t added[] = {1, 64 * KIB, 200 * KIB};
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        scratch_write(&scratch, "delta", more, pair.bytes.size + added[i]);
        expect_refusal(&pair.delta, "added");
    }
    memcpy(more + pair.bytes.size, pair.bytes.bytes, pair.bytes.size);
    scratch_write(&scratch, "delta", more, 2 * pair.bytes.size);
    expect_refusal(&pair.delta, "twice");
    free(more);
    free(pair.bytes.bytes);
}

/* A delta that ends where the piece ends that is read at once, and something behind it. */
Test(delta, refuses_what_is_added_behind_a_piece)
{
    static unsigned char result[MP_DELTA_PIECE];
    fill(result, sizeof result, 1);
    Pair pair = {.bytes.bytes = NULL};
    for (size_t size = sizeof result; pair.bytes.size != MP_DELTA_PIECE; size--) {
        cr_assert_gt(size, MP_DELTA_PIECE - 100);
        free(pair.bytes.bytes);
        pair = make_pair("", 0, result, size);
    }
    expect_result(&pair.delta, "nothing behind it");
    unsigned char *more = calloc(1, MP_DELTA_PIECE + 1);
    memcpy(more, pair.bytes.bytes, MP_DELTA_PIECE);
    scratch_write(&scratch, "delta", more, MP_DELTA_PIECE + 1);
    expect_words(&pair.delta, "a byte behind it", "behind its end");
    free(more);
    free(pair.bytes.bytes);
}

/* Heads of frames, by hand: RFC 8878, 3.1.1. */
Test(delta, refuses_heads_that_lie)
{
    static const struct {
        const char *what;
        unsigned char bytes[16];
    } cases[] = {
        {"nothing known", {0}},
        {"no length", {0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00, 0x01, 0x00, 0x00}},
        {"a window of 3.75 TiB", {0x28, 0xb5, 0x2f, 0xfd, 0x40, 0xff, 0x00, 0x00, 0x01}},
        {"a length of 2^64 - 1",
         {0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}},
        {"a length of 2^63",
         {0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80}},
        {"a frame to skip", {0x50, 0x2a, 0x4d, 0x18, 0x04, 0x00, 0x00, 0x00}},
        {"a length of 2^64 - 3",
         {0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}},
        {"an old version", {0x27, 0xb5, 0x2f, 0xfd, 0x20, 0x3d, 0x01, 0x00, 0x00}},
    };
    Pair pair = small_pair();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t memory = 0, length = 0;
        bool is_head = mp_delta_need(cases[i].bytes, sizeof cases[i].bytes, 100, &memory, &length);
        cr_expect(!is_head || memory > (uint64_t)1 << 41, "%s: %llu bytes of memory", cases[i].what,
                  (unsigned long long)memory);
        scratch_write(&scratch, "delta", cases[i].bytes, sizeof cases[i].bytes);
        expect_refusal(&pair.delta, cases[i].what);
    }
    free(pair.bytes.bytes);
}

/* ---- memory --------------------------------------------------------------------------------- */

/* What a process that does it takes at most, in bytes. */
static uint64_t memory_of(const MpDelta *delta)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(!delta || mp_delta_apply(delta, NULL) ? 0 : 1);
    cr_assert_eq(wait4(child, &status, 0, &usage), child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return (uint64_t)usage.ru_maxrss * KIB;
}

Test(delta, takes_no_more_memory_than_twice_the_base_and_16_mib)
{
    enum { SIZE = 9 * MIB };
    unsigned char *base = malloc(SIZE), *result = malloc(SIZE);
    fill(base, SIZE, 1);
    memcpy(result + 1000, base, SIZE - 1000);
    fill(result, 1000, 2);
    Pair pair = make_pair(base, SIZE, result, SIZE);
    free(base);
    free(result);
    free(pair.bytes.bytes);
    uint64_t nothing = memory_of(NULL), all = memory_of(&pair.delta);
    printf("# delta of %d MiB: applied with %.1f MiB; %.1f are allowed\n", SIZE / MIB,
           (double)(all - nothing) / MIB, (double)mp_delta_memory_limit(SIZE) / MIB);
    cr_expect_leq(all - nothing, mp_delta_memory_limit(SIZE));
    cr_expect_leq(pair.delta.memory, mp_delta_memory_limit(SIZE));
    cr_expect_geq(all - nothing, SIZE, "it was measured");
}
