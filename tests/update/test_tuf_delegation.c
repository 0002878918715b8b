/* The search through delegated roles: which, in what order, and by whose keys. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(tuf_delegation, .init = fixture_init, .fini = fixture_finish);

/* "B>C" is B's delegation to C; "T" stands for targets, a '!' behind it for terminating, "B>C:*.py"
   for those paths alone. */
static void delegate(const char *words)
{
    char copy[512], *rest = copy;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word; (word = strsep(&rest, " "));) {
        char role[2] = {word[2]}, delegator[2] = {word[0]};
        bool is_terminating = word[3] == '!';
        const char *paths = strchr(word, ':');
        simulator_delegate(&sim, word[0] == 'T' ? "targets" : delegator, role,
                           paths ? paths + 1 : "*", is_terminating);
    }
}

/* Publishes all roles with a letter, then the others. */
static void publish(void)
{
    for (char role[2] = "A"; role[0] <= 'E'; role[0]++)
        if (json_object_get(sim.contents, role))
            simulator_publish(&sim, role);
    simulator_publish(&sim, "targets snapshot timestamp");
}

/* What was asked for behind targets, as letters. */
static const char *visited(void)
{
    static char letters[64];
    char *end = letters;
    const char *names = strstr(asked(), "targets");
    for (const char *c = names ? names : ""; *c; c++)
        if (c[0] == ' ' && strncmp(c, " 1.", 3) == 0)
            *end++ = c[3];
    *end = '\0';
    return letters;
}

Test(tuf_delegation, roles_are_visited_in_order, .timeout = 60)
{
    static const struct {
        const char *name, *delegations, *visited;
    } cases[] = {
        {"one", "T>A", "A"},
        {"one level", "T>A T>B", "AB"},
        {"two levels", "T>A T>B B>C", "ABC"},
        {"two levels, those of A first", "T>A T>B A>C A>D", "ACDB"},
        {"three levels, those of A first", "T>A T>B A>C C>D", "ACDB"},
        {"terminating on the second level", "T>A T>B A>C! A>D", "AC"},
        {"terminating, and its own", "T>A T>B A>C! C>D", "ACD"},
        {"other paths", "T>A:*.py T>B A>C", "B"},
        {"other paths on the second level", "T>A T>B A>C:*.py C>D", "AB"},
        {"a circle", "T>A T>B B>C C>D D>B", "ABCD"},
        {"a circle of one", "T>A A>A T>B", "AB"},
        {"two to a third one", "T>A T>B B>C A>C", "ACB"},
        {"two to a third one, one for other paths", "T>A T>B B>C A>C:*.py", "ABC"},
        {"terminating on the first level", "T>A! T>B A>C", "AC"},
        {"terminating for other paths", "T>A:*.py! T>B", "B"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        delegate(cases[i].delegations);
        publish();
        cr_expect(!find("missingpath"), "%s", cases[i].name);
        cr_expect_eq(why.status, MP_NOT_FOUND, "%s: %s", cases[i].name, why.message);
        cr_expect_str_eq(visited(), cases[i].visited, "%s", cases[i].name);
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_delegation, targets_are_found_where_they_are_delegated)
{
    static const struct {
        const char *path, *visited;
        bool found;
    } cases[] = {
        {"targetfile", "", true},
        {"README.md", "A", true},
        {"releases/x/x_v1", "BC", true},
        {"releases/y/y_v1.zip", "BD", true},
        {"releases/z/z_v1.zip", "B", false}, /* D has it, but may not */
        {"releases/x/deep/x_v1", "", false},
        {"missing.md", "A", false},
    };
    delegate("T>A:*.doc T>B:releases/*/* B>C:releases/x/* B>D:releases/y/*.zip");
    json_t *roles =
        json_object_get(json_object_get(simulator_signed(&sim, "targets"), "delegations"), "roles");
    json_array_append_new(json_object_get(json_array_get(roles, 0), "paths"), json_string("*.md"));
    simulator_add_target(&sim, "targets", "targetfile", "targetfile content");
    simulator_add_target(&sim, "A", "README.md", "README by A");
    simulator_add_target(&sim, "C", "releases/x/x_v1", "x release by C");
    simulator_add_target(&sim, "D", "releases/y/y_v1.zip", "y release by D");
    simulator_add_target(&sim, "D", "releases/z/z_v1.zip", "z release by D");
    publish();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_restart();
        cr_expect_eq(find(cases[i].path), cases[i].found, "%s: %s", cases[i].path, why.message);
        cr_expect_str_eq(visited(), cases[i].visited, "%s", cases[i].path);
    }
}

Test(tuf_delegation, the_first_one_that_has_it_counts)
{
    delegate("T>A T>B");
    simulator_add_target(&sim, "A", "file", "of A");
    simulator_add_target(&sim, "B", "file", "of B, and longer");
    publish();
    cr_expect(find("file"), "%s", why.message);
    cr_expect_eq(found.length, 4);
}

Test(tuf_delegation, paths_by_the_beginnings_of_their_hashes)
{
    /* SHA-256 of "file": 3b9c358f36f0a31b..., of "other": d9298a10d1b07358... */
    delegate("T>A T>B");
    json_t *roles =
        json_object_get(json_object_get(simulator_signed(&sim, "targets"), "delegations"), "roles");
    static const char *const prefixes[] = {"3b9c", "d92"};
    for (size_t i = 0; i < 2; i++) {
        json_object_del(json_array_get(roles, i), "paths");
        json_object_set_new(json_array_get(roles, i), "path_hash_prefixes",
                            json_pack("[s, s]", "ffff", prefixes[i]));
    }
    publish();
    cr_expect(!find("file"));
    cr_expect_str_eq(visited(), "A");
    fixture_restart();
    cr_expect(!find("other"));
    cr_expect_str_eq(visited(), "B");
}

Test(tuf_delegation, a_role_that_the_snapshot_does_not_have)
{
    delegate("T>A");
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(refresh(), "%s", why.message);
    cr_expect(!find("file"));
    cr_expect(strstr(why.message, "does not announce"), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
}

Test(tuf_delegation, a_role_that_is_not_signed)
{
    delegate("T>A");
    simulator_drop_signer(&sim, "A");
    simulator_add_target(&sim, "A", "file", "content");
    publish();
    cr_expect(!find("file"));
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
}

/* A and B delegate to C with keys of their own; C is signed by A's. What A may have C say, B's
   delegation does not make true, whether it was checked before or not. */
Test(tuf_delegation, a_stored_role_is_verified_against_its_current_delegator)
{
    delegate("T>A:a/* T>B:b/* A>C:a/* B>C:b/*");
    simulator_drop_signer(&sim, "C");
    simulator_add_target(&sim, "C", "a/file", "by A");
    simulator_add_target(&sim, "C", "b/file", "not by B");
    publish();
    MpTufOptions options = fixture_options();
    MpTufTarget target = {0};
    MpTufClient *client = mp_tuf_client_create(&options, NULL);
    cr_assert(client && mp_tuf_client_refresh(client, NULL));
    cr_expect(mp_tuf_client_find(client, "a/file", &target, &why), "%s", why.message);
    mp_tuf_target_finish(&target);
    cr_expect(!mp_tuf_client_find(client, "b/file", &target, &why), "in the same process");
    cr_expect_eq(why.status, MP_REFUSED);
    cr_expect(mp_tuf_client_find(client, "a/file", &target, &why), "%s", why.message);
    mp_tuf_target_finish(&target);
    mp_tuf_client_destroy(client);
    cr_expect(!find("b/file"), "in another process");
    cr_expect(find("a/file"), "%s", why.message);
}

Test(tuf_delegation, a_stored_role_whose_key_was_taken_away)
{
    delegate("T>A");
    simulator_add_target(&sim, "A", "file", "content");
    publish();
    cr_assert(find("file"), "%s", why.message);
    simulator_clear_keys(&sim, "targets", "A");
    simulator_add_key(&sim, "targets", "A", simulator_new_key(&sim, TEST_KEY_P256));
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(!find("file"), "the stored metadata is of the old key");
    simulator_publish(&sim, "A snapshot timestamp");
    cr_expect(find("file"), "%s", why.message);
}

/* ---- limits --------------------------------------------------------------------------------- */

static void delegate_to_many(int count)
{
    int key = simulator_new_key(&sim, TEST_KEY_P256);
    for (int i = 0; i < count; i++) {
        char role[16];
        snprintf(role, sizeof role, "role%02d", i);
        simulator_delegate(&sim, "targets", role, "*", false);
        test_key_destroy(sim.keys[--sim.key_count]);
        simulator_clear_keys(&sim, "targets", role);
        simulator_add_key(&sim, "targets", role, key);
        simulator_publish(&sim, role);
    }
    simulator_publish(&sim, "targets snapshot timestamp");
}

Test(tuf_delegation, so_many_roles_are_searched_and_no_more)
{
    delegate_to_many(MP_TUF_DELEGATION_LIMIT + 1);
    cr_expect(!find("file"));
    cr_expect_eq(why.status, MP_LIMIT, "%s", why.message);
    char last[64];
    strncpy(last, strrchr(asked(), ' ') + 1, sizeof last - 1);
    cr_expect(strncmp(last, "1.role31", 8) == 0, "%s", last);
}

/* ---- names ---------------------------------------------------------------------------------- */

Test(tuf_delegation, unusual_names_of_roles_stay_in_the_folder)
{
    static const struct {
        const char *role, *file;
    } cases[] = {
        {"?", "%3F"},     {"#", "%23"},         {"/role", "%2Frole"},     {"../role", "..%2Frole"},
        {".", "."},       {"..", ".."},         {"a\\b", "a%5Cb"},        {"c:d", "c%3Ad"},
        {"%2F", "%252F"}, {"\u00e9", "%C3%A9"}, {" a b ", "%20a%20b%20"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[256];
        simulator_delegate(&sim, "targets", cases[i].role, "*", false);
        simulator_publish_one(&sim, cases[i].role);
        simulator_publish(&sim, "targets snapshot timestamp");
        cr_expect(!find("nonexistent"));
        cr_expect_eq(why.status, MP_NOT_FOUND, "%s: %s", cases[i].role, why.message);
        snprintf(expected, sizeof expected, "%s 1", cases[i].file);
        cr_expect(strstr(trusted(), expected), "%s: %s", expected, trusted());
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_delegation, names_that_are_refused)
{
    static const char *const names[] = {
        "",         "root",
        "targets",  "Root",
        "SNAPSHOT", "a\nb",
        "\x1b[31m", "a name of more than sixty-four bytes, which no file system need bear",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        delegate("T>A");
        json_t *roles = json_object_get(
            json_object_get(simulator_signed(&sim, "targets"), "delegations"), "roles");
        json_object_set_new(json_array_get(roles, 0), "name", json_string(names[i]));
        simulator_publish(&sim, "targets snapshot timestamp");
        cr_expect(!refresh(), "%s", names[i]);
        cr_expect_eq(why.status, MP_FORMAT);
        cr_expect_str_eq(trusted(), "root 1, snapshot 2, timestamp 2");
        fixture_finish();
        fixture_init();
    }
}
