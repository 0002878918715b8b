/* What a client gets and keeps; what is published wrongly and what is missing. */
#include "file/file.h"
#include "fixture.h"
#include "update/tuf/key.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(tuf_refresh, .init = fixture_init, .fini = fixture_finish);

static json_t *of(const char *role, const char *name)
{
    return json_object_get(simulator_signed(&sim, role), name);
}

static void set_version(const char *role, int version)
{
    json_object_set_new(simulator_signed(&sim, role), "version", json_integer(version));
}

Test(tuf_refresh, asks_for_what_it_needs_and_stores_what_it_got)
{
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp 1.snapshot 1.targets");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 1");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp", "what is stored is not fetched again");
}

Test(tuf_refresh, names_have_no_versions_without_consistent_snapshots)
{
    json_object_set_new(simulator_signed(&sim, "root"), "consistent_snapshot", json_false());
    simulator_publish(&sim, "root");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root 3.root timestamp snapshot targets");
    cr_expect_str_eq(trusted(), "root 2, snapshot 1, targets 1, timestamp 1");
    simulator_delegate(&sim, "targets", "A", "*", false);
    simulator_add_target(&sim, "A", "file", "content");
    simulator_publish(&sim, "A targets snapshot timestamp");
    cr_expect(find("file"), "%s", why.message);
    cr_expect_str_eq(asked(), "3.root timestamp snapshot targets A");
}

Test(tuf_refresh, targets_have_hashes_in_their_names_with_consistent_snapshots)
{
    static const char *const names[] = {
        "a/file", "a/ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73.file"};
    simulator_add_target(&sim, "targets", "a/file", "content");
    simulator_publish(&sim, "targets snapshot timestamp");
    for (int is_consistent = 1; is_consistent >= 0; is_consistent--) {
        MpTufOptions options = fixture_options();
        MpTufTarget target;
        json_object_set_new(simulator_signed(&sim, "root"), "consistent_snapshot",
                            json_boolean(is_consistent));
        simulator_publish(&sim, "root");
        MpTufClient *client = mp_tuf_client_create(&options, NULL);
        cr_assert(client && mp_tuf_client_refresh(client, &why), "%s", why.message);
        cr_assert(mp_tuf_client_find(client, "a/file", &target, &why), "%s", why.message);
        char *url = mp_tuf_client_url_of(client, &target);
        cr_expect_str_eq(url, names[is_consistent]);
        free(url);
        mp_tuf_target_finish(&target);
        mp_tuf_client_destroy(client);
    }
}

Test(tuf_refresh, a_search_refreshes_first)
{
    cr_expect(!find("nonexistent"));
    cr_expect_eq(why.status, MP_NOT_FOUND);
    cr_expect_str_eq(asked(), "2.root timestamp 1.snapshot 1.targets");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 1");
}

static void expect_bad_root(const char *root)
{
    scratch_write_text(&scratch, "metadata/root.json", root);
    cr_expect(!refresh());
    cr_expect_str_eq(asked(), "", "nothing is asked for on the word of a bad root");
}

Test(tuf_refresh, an_initial_root_without_a_version)
{
    json_object_del(simulator_signed(&sim, "root"), "version");
    simulator_publish_again(&sim, "root");
    expect_bad_root(simulator_published(&sim, "root"));
}

Test(tuf_refresh, an_initial_root_that_is_not_signed)
{
    simulator_drop_signer(&sim, "root");
    simulator_publish_again(&sim, "root");
    expect_bad_root(simulator_published(&sim, "root"));
}

Test(tuf_refresh, each_role_must_be_signed)
{
    static const struct {
        const char *role, *trusted;
    } cases[] = {
        {"root", "root 1"},
        {"timestamp", "root 2"},
        {"snapshot", "root 2, timestamp 2"},
        {"targets", "root 2, snapshot 2, timestamp 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        simulator_drop_signer(&sim, cases[i].role);
        simulator_publish(&sim, "root targets snapshot timestamp");
        cr_expect(!refresh());
        cr_expect_str_eq(trusted(), cases[i].trusted, "%s: %s", cases[i].role, trusted());
        cr_expect(strstr(why.message, cases[i].role), "%s", why.message);
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_refresh, the_version_is_that_of_the_name)
{
    static const struct {
        const char *role, *trusted;
    } cases[] = {
        {"root", "root 1"},
        {"snapshot", "root 2, timestamp 2"},
        {"targets", "root 2, snapshot 2, timestamp 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_version(cases[i].role, 2); /* 3 when it is published, as the second one */
        simulator_publish(&sim, "root targets snapshot timestamp");
        if (strcmp(cases[i].role, "root") != 0) {
            bool is_snapshot = strcmp(cases[i].role, "snapshot") == 0;
            json_t *announced = json_object_get(of(is_snapshot ? "timestamp" : "snapshot", "meta"),
                                                is_snapshot ? "snapshot.json" : "targets.json");
            json_object_set_new(announced, "version", json_integer(2));
            if (!is_snapshot)
                simulator_replace(&sim, "snapshot", NULL);
            simulator_publish_again(&sim, is_snapshot ? "timestamp" : "snapshot timestamp");
        }
        cr_expect(!refresh());
        cr_expect(strstr(why.message, "version"), "%s", why.message);
        cr_expect(strncmp(trusted(), cases[i].trusted, strlen(cases[i].trusted)) == 0, "%s: %s",
                  cases[i].role, trusted());
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_refresh, a_timestamp_that_changed_without_a_new_version_is_left)
{
    cr_assert(refresh());
    char *before = strdup(simulator_published(&sim, "timestamp"));
    json_object_set_new(json_object_get(of("timestamp", "meta"), "snapshot.json"), "version",
                        json_integer(100));
    simulator_publish_again(&sim, "timestamp");
    asked();
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp");
    char *stored =
        mp_file_read(scratch_path(&scratch, "metadata/timestamp.json"), 1 << 20, NULL, NULL);
    cr_expect_str_eq(stored, before);
    free(stored);
    free(before);
}

Test(tuf_refresh, announced_hashes_and_lengths_are_checked)
{
    sim.hashes = true;
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(refresh(), "%s", why.message);
    simulator_publish(&sim, "targets");
    json_t *announced = json_object_get(of("snapshot", "meta"), "targets.json");
    json_object_set_new(
        json_object_get(announced, "hashes"), "sha256",
        json_string("46419349341cfb2d95f6ae3d4cd5c3d3dd7f4673985dad42a45130be5e0531a0"));
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, snapshot 3, targets 2, timestamp 3");
}

Test(tuf_refresh, the_announced_hash_of_the_snapshot_is_checked)
{
    sim.hashes = true;
    simulator_publish(&sim, "targets snapshot");
    json_t *announced = json_object_get(of("timestamp", "meta"), "snapshot.json");
    json_object_set_new(announced, "length", json_integer(7));
    simulator_publish(&sim, "timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, timestamp 2");
}

/* The same role, version and signature, but other bytes: a hash tells them apart. */
Test(tuf_refresh, a_stored_snapshot_must_have_the_announced_hash)
{
    sim.hashes = true;
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_assert(refresh());
    char path[SCRATCH_PATH_SIZE];
    strcpy(path, scratch_path(&scratch, "metadata/snapshot.json"));
    cr_assert(mp_file_write(path, "{}", 2, NULL));
    asked();
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp 2.snapshot");
}

Test(tuf_refresh, bytes_are_stored_as_they_were_published)
{
    char text[1 << 14];
    cr_assert(strlen(simulator_published(&sim, "timestamp")) + 3 < sizeof text);
    strcpy(text, simulator_published(&sim, "timestamp"));
    strcat(text, " \n");
    simulator_replace(&sim, "timestamp", text);
    cr_expect(refresh(), "%s", why.message);
    char *stored =
        mp_file_read(scratch_path(&scratch, "metadata/timestamp.json"), 1 << 20, NULL, NULL);
    cr_expect_str_eq(stored, text);
    free(stored);
}

Test(tuf_refresh, members_that_nobody_knows_are_kept_and_signed)
{
    MpHash id;
    int key = simulator_new_key(&sim, TEST_KEY_P256);
    json_t *public_key = test_key_public(sim.keys[key]);
    json_object_set_new(public_key, "extra", json_pack("{s:i, s:[s, n, b]}", "a", 1, "b", "\n", 1));
    cr_assert(mp_tuf_key_id(public_key, &id, NULL));
    json_object_set_new(simulator_signed(&sim, "root"), "custom-field", json_string("value"));
    json_object_set_new(of("root", "keys"), id.text, public_key);
    json_t *role = json_object_get(of("root", "roles"), "root");
    json_object_set_new(role, "another", json_string("\u00e9\\\""));
    json_array_append_new(json_object_get(role, "keyids"), json_string(id.text));
    simulator_publish(&sim, "root");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 2, snapshot 1, targets 1, timestamp 1");
}

Test(tuf_refresh, a_snapshot_that_is_missing)
{
    cr_assert(refresh());
    json_object_set_new(json_object_get(of("timestamp", "meta"), "snapshot.json"), "version",
                        json_integer(2));
    simulator_publish(&sim, "timestamp");
    asked();
    cr_expect(!refresh());
    cr_expect_str_eq(asked(), "2.root timestamp 2.snapshot");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 2");
    cr_expect_eq(why.status, MP_NOT_FOUND);
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(refresh(), "what was missing is there now: %s", why.message);
}

Test(tuf_refresh, targets_that_are_missing)
{
    cr_assert(refresh());
    json_object_set_new(json_object_get(of("snapshot", "meta"), "targets.json"), "version",
                        json_integer(2));
    simulator_publish(&sim, "snapshot timestamp");
    asked();
    cr_expect(!refresh());
    cr_expect_str_eq(asked(), "2.root timestamp 2.snapshot 2.targets");
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 1, timestamp 2");
}

Test(tuf_refresh, a_timestamp_that_is_missing)
{
    cr_assert(refresh());
    simulator_replace(&sim, "timestamp", NULL);
    asked();
    cr_expect(!refresh());
    cr_expect_str_eq(asked(), "2.root timestamp");
}

Test(tuf_refresh, new_targets_that_no_snapshot_has)
{
    cr_assert(refresh());
    simulator_publish(&sim, "targets");
    asked();
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 1");
}

/* All is right about it, signature and version too, but that it says that it is a snapshot. */
Test(tuf_refresh, a_snapshot_in_the_place_of_a_timestamp)
{
    int timestamp_key = 1;
    simulator_add_key(&sim, "root", "snapshot", timestamp_key);
    json_object_set_new(of("snapshot", "meta"), "snapshot.json", json_pack("{s:i}", "version", 1));
    simulator_publish(&sim, "root snapshot");
    simulator_replace(&sim, "timestamp", simulator_published(&sim, "snapshot"));
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 2");
}

Test(tuf_refresh, a_newer_shipped_root_is_taken)
{
    char *first = strdup(simulator_published(&sim, "root"));
    simulator_rotate(&sim, "snapshot");
    simulator_publish(&sim, "root");
    MpTufOptions options = fixture_options();
    options.root = simulator_published(&sim, "root");
    options.root_size = strlen(options.root);
    mp_tuf_client_destroy(mp_tuf_client_create(&options, NULL));
    cr_expect_str_eq(trusted(), "root 2");
    options.root = first;
    options.root_size = strlen(first);
    mp_tuf_client_destroy(mp_tuf_client_create(&options, NULL));
    cr_expect_str_eq(trusted(), "root 2", "an older one is not");
    scratch_write_text(&scratch, "metadata/root.json", "{");
    MpTufClient *client = mp_tuf_client_create(&options, &why);
    cr_assert(client, "a damaged stored root is replaced: %s", why.message);
    mp_tuf_client_destroy(client);
    cr_expect_str_eq(trusted(), "root 1");
    free(first);
}
