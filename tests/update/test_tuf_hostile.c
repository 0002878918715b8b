/* What attackers, mirrors, power cuts and publishers at work make of a repository. */
#include "file/file.h"
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(tuf_hostile, .init = fixture_init, .fini = fixture_finish);

static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};

static const char all[] = "root 2, snapshot 2, targets 2, timestamp 2";

static bool has_name(const char *name, const char *role)
{
    const char *at = strstr(name, role);
    return at && strcmp(at + strlen(role), ".json") == 0;
}

/* ---- bytes that are not those of the publisher ------------------------------------------------
 */

typedef struct Flip {
    const char *role;
    char *text;
    size_t size;
} Flip;

static bool serve_text(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                       unsigned char **bytes, size_t *length)
{
    const Flip *flip = user;
    if (!has_name(name, flip->role) || flip->size > limit)
        return false;
    *answer = MP_TUF_HAS;
    *bytes = malloc(flip->size + 1);
    memcpy(*bytes, flip->text, flip->size);
    *length = flip->size;
    return true;
}

static void flip_each_byte(const char *role)
{
    Flip flip = {role, strdup(simulator_published(&sim, role)), 0};
    flip.size = strlen(flip.text);
    sim.interfere = serve_text;
    sim.user = &flip;
    size_t accepted = 0;
    for (size_t i = 0; i < flip.size; i++) {
        flip.text[i] ^= 1;
        accepted += refresh();
        flip.text[i] ^= 1;
    }
    cr_expect_eq(accepted, 0, "%zu of %zu changes of %s were accepted", accepted, flip.size, role);
    cr_expect(refresh(), "unchanged, %s is accepted: %s", role, why.message);
    sim.interfere = NULL;
    free(flip.text);
}

Test(tuf_hostile, each_byte_of_each_file_counts, .timeout = 120)
{
    for (size_t i = 1; i < 4; i++) {
        flip_each_byte(roles[i]);
        fixture_restart();
    }
}

Test(tuf_hostile, cut_anywhere_is_no_metadata, .timeout = 120)
{
    simulator_publish(&sim, "root targets snapshot timestamp");
    Flip flip = {"timestamp", strdup(simulator_published(&sim, "timestamp")), 0};
    sim.interfere = serve_text;
    sim.user = &flip;
    size_t whole = strlen(flip.text);
    for (flip.size = 0; flip.size < whole; flip.size++)
        cr_expect(!refresh(), "%zu bytes", flip.size);
    cr_expect(refresh(), "%s", why.message);
    sim.interfere = NULL;
    free(flip.text);
}

/* ---- other repositories -----------------------------------------------------------------------
 */

static Simulator other; /* another channel, or another game */
static const char *borrowed_role;

static bool serve_other(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                        unsigned char **bytes, size_t *length)
{
    (void)user;
    if (borrowed_role && !has_name(name, borrowed_role))
        return false;
    MpTufSource source = simulator_source(&other);
    *answer = source.get(source.context, name, limit, bytes, length, NULL);
    return true;
}

Test(tuf_hostile, metadata_of_another_channel_or_game)
{
    simulator_init(&other);
    simulator_publish(&other, "root targets snapshot timestamp");
    simulator_publish(&sim, "root targets snapshot timestamp");
    sim.interfere = serve_other;
    for (size_t i = 0; i < 4; i++) {
        borrowed_role = roles[i];
        cr_expect(!refresh(), "%s", roles[i]);
        cr_expect_eq(why.status, MP_REFUSED, "%s: %s", roles[i], why.message);
    }
    borrowed_role = NULL;
    cr_expect(!refresh(), "all of it, as a wrong mirror has it");
    sim.interfere = NULL;
    cr_expect(refresh(), "%s", why.message);
    simulator_finish(&other);
}

/* The online keys sign timestamp and snapshot; with them alone nothing can be put in. */
Test(tuf_hostile, whoever_has_the_online_keys_cannot_ship_code)
{
    cr_assert(refresh());
    simulator_add_target(&sim, "targets", "evil", "code");
    simulator_drop_signer(&sim, "targets");
    simulator_add_signer(&sim, "targets", 1);
    simulator_add_signer(&sim, "targets", 2);
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(!find("evil"));
    cr_expect_eq(why.status, MP_REFUSED);
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 1, timestamp 2");
}

/* A mirror that kept everything of yesterday; whoever never saw today cannot know. */
Test(tuf_hostile, a_mirror_of_yesterday)
{
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_assert(refresh());
    simulator_replace(&sim, "timestamp", NULL);
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
    fixture_restart();
    cr_expect(refresh(), "%s", why.message);
    cr_expect(!refresh_on(30), "but not for ever");
}

/* ---- how much is asked for --------------------------------------------------------------------
 */

static size_t limits[4];

static bool note_limit(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                       unsigned char **bytes, size_t *length)
{
    (void)user, (void)answer, (void)bytes, (void)length;
    for (size_t i = 0; i < 4; i++)
        if (has_name(name, roles[i]))
            limits[i] = limit;
    return false;
}

static void announce_length(const char *announcer, const char *file, json_int_t length)
{
    json_t *meta = json_object_get(simulator_signed(&sim, announcer), "meta");
    json_object_set_new(json_object_get(meta, file), "length", json_integer(length));
}

Test(tuf_hostile, no_more_is_asked_for_than_was_announced)
{
    sim.interfere = note_limit;
    cr_assert(refresh());
    cr_expect_eq(limits[0], MP_TUF_ROOT_LIMIT);
    cr_expect_eq(limits[1], MP_TUF_TIMESTAMP_LIMIT);
    cr_expect_eq(limits[2], MP_TUF_SNAPSHOT_LIMIT);
    cr_expect_eq(limits[3], MP_TUF_TARGETS_LIMIT);
    sim.hashes = true;
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_assert(refresh());
    cr_expect_eq(limits[2], strlen(simulator_published(&sim, "snapshot")));
    cr_expect_eq(limits[3], strlen(simulator_published(&sim, "targets")));
}

Test(tuf_hostile, a_great_length_is_not_believed)
{
    sim.interfere = note_limit;
    simulator_publish(&sim, "targets");
    announce_length("snapshot", "targets.json", INT64_MAX);
    simulator_publish(&sim, "snapshot");
    announce_length("timestamp", "snapshot.json", INT64_MAX);
    simulator_publish(&sim, "timestamp");
    cr_expect(!refresh());
    cr_expect_eq(limits[2], MP_TUF_SNAPSHOT_LIMIT);
}

static bool serve_endless(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                          unsigned char **bytes, size_t *length)
{
    if (!has_name(name, user))
        return false;
    *answer = MP_TUF_HAS;
    *length = limit;
    *bytes = malloc(limit);
    memset(*bytes, '[', limit);
    return true;
}

Test(tuf_hostile, as_much_as_is_asked_for_of_anything)
{
    simulator_publish(&sim, "root targets snapshot timestamp");
    sim.interfere = serve_endless;
    for (size_t i = 0; i < 4; i++) {
        sim.user = (void *)(uintptr_t)roles[i];
        cr_expect(!refresh(), "%s", roles[i]);
    }
    sim.interfere = NULL;
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), all);
}

/* ---- publishers at work ------------------------------------------------------------------------
 */

Test(tuf_hostile, an_upload_that_stopped_anywhere_harms_nobody)
{
    static const char *const steps[] = {"root", "targets", "snapshot", "timestamp"};
    cr_assert(refresh());
    for (size_t i = 0; i < 4; i++) {
        simulator_publish(&sim, steps[i]);
        cr_expect(refresh(), "up to %s: %s", steps[i], why.message);
    }
    cr_expect_str_eq(trusted(), all);
}

Test(tuf_hostile, an_upload_in_the_wrong_order_is_waited_for)
{
    cr_assert(refresh());
    json_t *meta = json_object_get(simulator_signed(&sim, "timestamp"), "meta");
    json_object_set_new(json_object_get(meta, "snapshot.json"), "version", json_integer(2));
    simulator_publish(&sim, "timestamp");
    cr_expect(!refresh());
    json_t *files = json_object_get(simulator_signed(&sim, "snapshot"), "meta");
    json_object_set_new(json_object_get(files, "targets.json"), "version", json_integer(2));
    simulator_publish_again(&sim, "timestamp");
    simulator_publish(&sim, "snapshot");
    cr_expect(!refresh());
    simulator_publish(&sim, "targets");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
}

/* Publishes everything anew just before a client's n-th request. */
static int requests_until_publication;

static bool publish_between(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                            unsigned char **bytes, size_t *length)
{
    (void)user, (void)name, (void)limit, (void)answer, (void)bytes, (void)length;
    if (requests_until_publication-- == 0)
        simulator_publish(&sim, "root targets snapshot timestamp");
    return false;
}

Test(tuf_hostile, a_publication_in_the_middle_of_a_refresh)
{
    for (int i = 0; i < 5; i++) {
        simulator_publish(&sim, "targets snapshot timestamp");
        requests_until_publication = i;
        sim.interfere = publish_between;
        cr_expect(refresh(), "before request %d: %s", i, why.message);
        cr_expect(refresh(), "before request %d: %s", i, why.message);
        fixture_finish();
        fixture_init();
    }
}

/* ---- nothing lasts ------------------------------------------------------------------------------
 */

typedef struct Failure {
    const char *role;
    MpTufAnswer answer;
    const char *text;
} Failure;

static bool fail(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                 unsigned char **bytes, size_t *length)
{
    const Failure *failure = user;
    (void)limit;
    if (!has_name(name, failure->role))
        return false;
    *answer = failure->answer;
    if (*answer == MP_TUF_HAS) {
        *bytes = (unsigned char *)strdup(failure->text);
        *length = strlen(failure->text);
    }
    return true;
}

Test(tuf_hostile, no_failure_keeps_a_later_refresh_from_succeeding)
{
    static const Failure failures[] = {
        {NULL, MP_TUF_FAILED, NULL},
        {NULL, MP_TUF_HAS_NOT, NULL},
        {NULL, MP_TUF_HAS, ""},
        {NULL, MP_TUF_HAS, "<html>Please log in to this network</html>"},
        {NULL, MP_TUF_HAS, "{\"signatures\": [], \"signed\": {}}"},
    };
    simulator_publish(&sim, "root targets snapshot timestamp");
    for (size_t i = 0; i < 4 * sizeof failures / sizeof *failures; i++) {
        Failure failure = failures[i / 4];
        failure.role = roles[i % 4];
        sim.interfere = fail;
        sim.user = &failure;
        bool is_end_of_roots = i % 4 == 0 && failure.answer == MP_TUF_HAS_NOT;
        cr_expect_eq(refresh(), is_end_of_roots, "%s, %zu", failure.role, i / 4);
        sim.interfere = NULL;
        cr_expect(refresh(), "after %s, %zu: %s", failure.role, i / 4, why.message);
        cr_expect_str_eq(trusted(), all);
        fixture_restart();
    }
}

Test(tuf_hostile, what_is_damaged_on_this_machine_is_fetched_again)
{
    static const char *const contents[] = {"", "{", "{}", "null", "\xff"};
    simulator_delegate(&sim, "targets", "A", "*", false);
    simulator_add_target(&sim, "A", "file", "content");
    simulator_publish(&sim, "A targets snapshot timestamp");
    cr_assert(find("file"));
    for (size_t i = 0; i < 4 * 5; i++) {
        static const char *const files[] = {"timestamp", "snapshot", "targets", "A"};
        char name[64];
        snprintf(name, sizeof name, "metadata/%s.json", files[i % 4]);
        scratch_write_text(&scratch, name, contents[i / 4]);
        cr_expect(find("file"), "%s: %s", name, why.message);
        cr_expect_str_eq(trusted(), "A 1, root 1, snapshot 2, targets 2, timestamp 2");
    }
}

Test(tuf_hostile, a_folder_that_cannot_be_written_is_an_error)
{
    scratch_make_folder(&scratch, "metadata/timestamp.json");
    cr_expect(!refresh());
    cr_expect_eq(why.status, MP_IO, "%s", why.message);
    scratch_remove(&scratch, "metadata/timestamp.json");
    cr_expect(refresh(), "%s", why.message);
}

/* ---- targets ------------------------------------------------------------------------------------
 */

Test(tuf_hostile, a_target_is_what_was_signed_and_nothing_else)
{
    static const struct {
        const char *content;
        MpStatus status;
    } cases[] = {
        {"target file contents", MP_OK},
        {"target file content", MP_REFUSED},
        {"target file contents\n", MP_REFUSED},
        {"tarGet file contents", MP_REFUSED},
        {"", MP_REFUSED},
    };
    simulator_add_target(&sim, "targets", "a/file", "target file contents");
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_assert(find("a/file"), "%s", why.message);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpError error = {0};
        scratch_write_text(&scratch, "file", cases[i].content);
        cr_expect_eq(mp_tuf_target_fits(&found, scratch_path(&scratch, "file"), &error),
                     cases[i].status == MP_OK, "%s", cases[i].content);
        cr_expect_eq(error.status, cases[i].status, "%s", error.message);
    }
    MpError error;
    cr_expect(!mp_tuf_target_fits(&found, scratch_path(&scratch, "nothing"), &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(tuf_hostile, hashes_of_a_target)
{
    static const struct {
        const char *hashes;
        bool fits;
    } cases[] = {
        {"{\"sha256\": \"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"}",
         true},
        {"{\"sha512\": "
         "\"9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c"
         "11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043\"}",
         true},
        {"{\"sha256\": \"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\", "
         "\"sha512\": \"00\"}",
         false},
        {"{\"sha256\": \"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\", "
         "\"crc32\": \"00\"}",
         true},
        {"{\"crc32\": \"3610a686\"}", false},
        {"{\"md5\": \"5d41402abc4b2a76b9719d911017c592\"}", false},
    };
    scratch_write_text(&scratch, "file", "hello");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpTufTarget target;
        json_t *entry =
            json_pack("{s:i, s:o}", "length", 5, "hashes", json_loads(cases[i].hashes, 0, NULL));
        cr_assert(mp_tuf_target_init(&target, "file", entry, NULL));
        cr_expect_eq(mp_tuf_target_fits(&target, scratch_path(&scratch, "file"), NULL),
                     cases[i].fits, "%s", cases[i].hashes);
        mp_tuf_target_finish(&target);
        json_decref(entry);
    }
}

Test(tuf_hostile, a_target_has_its_length_even_if_the_hash_is_right)
{
    scratch_write_text(&scratch, "file", "hello");
    for (int length = 4; length < 7; length++) {
        MpTufTarget target;
        json_t *entry =
            json_pack("{s:i, s:{s:s}}", "length", length, "hashes", "sha256",
                      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        cr_assert(mp_tuf_target_init(&target, "file", entry, NULL));
        cr_expect_eq(mp_tuf_target_fits(&target, scratch_path(&scratch, "file"), NULL), length == 5,
                     "%d", length);
        mp_tuf_target_finish(&target);
        json_decref(entry);
    }
}

Test(tuf_hostile, where_a_target_is)
{
    static const char *const cases[][3] = {
        {"file", "file", "abcd.file"},
        {"a/b c", "a/b%20c", "a/abcd.b%20c"},
        {"/a?#", "/a%3F%23", "/abcd.a%3F%23"},
    };
    json_t *entry = json_pack("{s:i, s:{s:s}}", "length", 1, "hashes", "sha256", "abcd");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpTufTarget target;
        cr_assert(mp_tuf_target_init(&target, cases[i][0], entry, NULL));
        for (int with_hash = 0; with_hash < 2; with_hash++) {
            char *url = mp_tuf_target_url(&target, with_hash);
            cr_expect_str_eq(url, cases[i][1 + with_hash]);
            free(url);
        }
        mp_tuf_target_finish(&target);
    }
    json_decref(entry);
}
