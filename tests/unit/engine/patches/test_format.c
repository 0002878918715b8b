#include "patches/format.h"

#include "file/file.h"
#include "patches/fixture.h"
#include "patches/journal_core.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text; /* of the newest journal */
static size_t size;
static char newest[32]; /* its name */

/* Two generations: what ran before a commit, and after it. */
static void init(void)
{
    fixture_init();
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_try(&game, "a.lua", "a2");
    text = mp_format_encode(mp_journal_content(game.journal), &size);
    cr_assert(text);
    snprintf(newest, sizeof newest, "patches/journal.%u", game.journal->newest);
    game_die(&game);
}

static void finish(void)
{
    free(text);
    fixture_finish();
}

TestSuite(format, .init = init, .fini = finish);

static void expect_set(const char *set)
{
    MpJournal *journal =
        mp_journal_open(&(MpJournalOptions){.user_folder = scratch.path, .read_only = true}, NULL);
    cr_assert(journal);
    cr_expect_str_eq(game_set(journal), set);
    mp_journal_close(journal);
}

Test(format, what_is_read_is_what_was_written)
{
    MpJournalContent content;
    cr_assert(mp_format_decode(text, size, &content, NULL));
    size_t again_size;
    char *again = mp_format_encode(&content, &again_size);
    cr_assert(again);
    cr_expect_eq(again_size, size);
    cr_expect_str_eq(again, text);
    free(again);
    mp_content_finish(&content);
    size_t file_size;
    char *file = mp_file_read(scratch_path(&scratch, newest), 1 << 20, &file_size, NULL);
    cr_expect_str_eq(file, text);
    free(file);
}

/* A journal that is cut anywhere counts for nothing; the set before it runs. */
Test(format, torn_at_every_byte)
{
    for (size_t length = 0; length < size; length++) {
        MpJournalContent content;
        MpError error = {0};
        cr_assert_not(mp_format_decode(text, length, &content, &error), "at %zu", length);
        cr_assert_eq(error.status, MP_FORMAT);
        scratch_write(&scratch, newest, text, length);
        expect_set("a.lua=a1");
    }
}

Test(format, flipped_at_any_bit)
{
    srand(1);
    for (int i = 0; i < 1000; i++) {
        size_t place = i < 8 * 100 ? (size_t)i / 8 : (size_t)rand() % size;
        char bit = (char)(1 << (i < 8 * 100 ? i % 8 : rand() % 8));
        text[place] ^= bit;
        scratch_write(&scratch, newest, text, size);
        text[place] ^= bit;
        expect_set("a.lua=a1");
    }
    scratch_write(&scratch, newest, text, size);
    expect_set("a.lua=a2");
}

Test(format, both_damaged_is_a_journal_that_knows_nothing)
{
    scratch_write_text(&scratch, "patches/journal.0", "moonpatch-journal 1 \n{}");
    scratch_write_text(&scratch, "patches/journal.1", "");
    game_start(&game, scratch.path);
    cr_expect_str_eq(game_set(game.journal), "");
    cr_expect(
        strstr(game.told, "journal.0 is damaged; what became of patches is taken from now on"),
        "%s", game.told);
    game_try(&game, "a.lua", "a1");
    game_quit(&game);
    expect_set("a.lua=a1");
}

Test(format, damage_is_told_and_written_over)
{
    scratch_write_text(&scratch, newest, "{}");
    game_start(&game, scratch.path);
    cr_expect(strstr(game.told, "is damaged; what became of patches is taken from the one before"),
              "%s", game.told);
    game_quit(&game);
    game_start(&game, scratch.path);
    cr_expect_str_eq(game.told, "");
    game_quit(&game);
}

Test(format, a_folder_in_the_place_of_a_journal)
{
    scratch_remove(&scratch, newest);
    scratch_make_folder(&scratch, newest);
    expect_set("a.lua=a1");
    game_start(&game, scratch.path);
    cr_expect_not(game_try(&game, "b.lua", "b1"));
    cr_expect(strstr(game.told, "is not kept"), "%s", game.told);
    game_quit(&game);
}

/* ---- journals that somebody wrote ----------------------------------------------------------- */

#define BOOT                                                                                       \
    "\"boot\":{\"process\":1,\"started\":\"2026-01-01T00:00:00Z\",\"phase\":\"trial\",\"mark\":0," \
    "\"program\":\"\"}"
#define HASH    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define GOOD(x) "{\"generation\":1," BOOT "," x "}"
#define LISTS(set, trials) \
    GOOD("\"patches\":[],\"condemned\":[],\"set\":" set ",\"trials\":" trials ",\"history\":[]")

static bool decode_body(const char *body, MpError *error)
{
    char whole[4096];
    MpJournalContent content;
    int length = snprintf(whole, sizeof whole, "moonpatch-journal 1 %s\n%s",
                          mp_hash_of(body, strlen(body)).text, body);
    bool good = mp_format_decode(whole, (size_t)length, &content, error);
    if (good)
        mp_content_finish(&content);
    return good;
}

Test(format, refuses_what_no_game_writes)
{
    static const struct {
        const char *body, *why;
    } cases[] = {
        {"", "no JSON"},
        {"[]", "generation"},
        {"{}", "generation"},
        {"{\"generation\":0}", "generation"},
        {"{\"generation\":-1}", "generation"},
        {"{\"generation\":9223372036854775807}", "generation"},
        {"{\"generation\":1,\"generation\":2}", "no JSON"},
        {"{\"generation\":1}", "boot"},
        {"{\"generation\":1,\"boot\":[]}", "boot"},
        {GOOD("\"patches\":{}"), "patches"},
        {GOOD("\"patches\":[1]"), "patches"},
        {LISTS("[{\"file\":\"a\",\"hash\":\"\"}]", "[]"), "set"},
        {LISTS("[{\"file\":\"a\",\"hash\":\"../../etc/passwd\"}]", "[]"), "set"},
        {LISTS("[{\"file\":7,\"hash\":\"" HASH "\"}]", "[]"), "set"},
        {LISTS("[]", "[{\"hash\":\"" HASH "\",\"open\":true,\"suspect\":1}]"), "trials"},
        {LISTS("[]", "[{\"hash\":\"" HASH "\",\"open\":1,\"suspect\":false}]"), "trials"},
        {LISTS("[\"\\u0000\"]", "[]"), "no JSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        MpError error = {0};
        cr_expect_not(decode_body(cases[i].body, &error), "%s", cases[i].body);
        cr_expect_eq(error.status, MP_FORMAT);
        cr_expect(strcasestr(error.message, cases[i].why), "%s: %s", cases[i].body, error.message);
    }
    cr_expect(decode_body(LISTS("[{\"file\":\"a\",\"hash\":\"" HASH "\"}]", "[]"), NULL));
}

Test(format, refuses_lists_without_end)
{
    MpJournalContent many = {.generation = 1};
    for (int i = 0; i < MP_JOURNAL_HISTORY_LIMIT; i++)
        cr_assert(mp_content_add_event(&many));
    json_t *root = mp_format_json(&many);
    MpJournalContent content;
    cr_assert(mp_format_from_json(root, &content, NULL));
    mp_content_finish(&content);
    json_t *history = json_object_get(root, "history");
    json_array_append(history, json_array_get(history, 0));
    cr_expect_not(mp_format_from_json(root, &content, NULL));
    json_decref(root);
    mp_content_finish(&many);
}

Test(format, times_stay_within_what_the_form_has_digits_for)
{
    static const struct {
        int64_t time;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z"},          {-5, "1970-01-01T00:00:00Z"},
        {1767225599, "2025-12-31T23:59:59Z"}, {INT64_MAX, "9999-12-31T23:59:59Z"},
        {INT64_MIN, "1970-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[21];
        mp_format_time(cases[i].time, got);
        cr_expect_str_eq(got, cases[i].text);
    }
}
