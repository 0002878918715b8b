/* Who may sign: thresholds, keys that count once, rotations. */
#include "fixture.h"
#include "update/tuf/key.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(tuf_keys, .init = fixture_init, .fini = fixture_finish);

static void add_new_key(const char *role)
{
    simulator_add_key(&sim, "root", role, simulator_new_key(&sim, TEST_KEY_P256));
}

static json_t *rule(const char *role)
{
    return json_object_get(json_object_get(simulator_signed(&sim, "root"), "roles"), role);
}

/* Changes the signatures of what was published last. */
typedef void Change(json_t *signatures);

static void forge(const char *role, Change *change)
{
    json_t *document = json_loads(simulator_published(&sim, role), 0, NULL);
    change(json_object_get(document, "signatures"));
    char *text = json_dumps(document, 0);
    simulator_replace(&sim, role, text);
    free(text);
    json_decref(document);
}

Test(tuf_keys, a_threshold_that_is_not_met)
{
    simulator_set_threshold(&sim, "snapshot", 3);
    add_new_key("snapshot");
    add_new_key("snapshot");
    simulator_publish(&sim, "root targets snapshot timestamp");
    cr_assert(refresh(), "%s", why.message);
    simulator_drop_signer(&sim, "snapshot");
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 2, snapshot 2, targets 2, timestamp 3");
    cr_expect(strstr(why.message, "2 of its keys signed it, 3 must"), "%s", why.message);
}

Test(tuf_keys, a_threshold_above_the_number_of_keys)
{
    for (int i = 0; i < 4; i++)
        add_new_key("snapshot");
    simulator_set_threshold(&sim, "snapshot", 6);
    simulator_publish(&sim, "root snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 2, timestamp 2");
}

Test(tuf_keys, a_key_id_without_a_key_signs_nothing)
{
    json_array_append_new(json_object_get(rule("snapshot"), "keyids"), json_string("nobody"));
    simulator_publish(&sim, "root");
    cr_expect(refresh(), "it may stand there: %s", why.message);
    simulator_set_threshold(&sim, "snapshot", 2);
    simulator_publish(&sim, "root snapshot timestamp");
    cr_expect(!refresh());
}

Test(tuf_keys, thresholds_of_none_are_refused)
{
    for (int threshold = -1; threshold < 1; threshold++) {
        simulator_set_threshold(&sim, "timestamp", threshold);
        simulator_publish(&sim, "root");
        cr_expect(!refresh(), "%d", threshold);
        cr_expect_str_eq(trusted(), "root 1");
        fixture_finish();
        fixture_init();
    }
}

/* ---- a key counts once ---------------------------------------------------------------------- */

Test(tuf_keys, a_key_that_a_role_names_twice_is_refused)
{
    json_t *ids = json_object_get(rule("snapshot"), "keyids");
    json_array_append(ids, json_array_get(ids, 0));
    simulator_publish(&sim, "root snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1");
}

static void repeat_first(json_t *signatures)
{
    json_array_append(signatures, json_array_get(signatures, 0));
}

Test(tuf_keys, two_signatures_with_one_key_id_are_refused)
{
    forge("snapshot", repeat_first);
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, timestamp 1");
}

/* The same key under another id, for it has another member. */
Test(tuf_keys, a_key_with_two_names_counts_once)
{
    int key = simulator_new_key(&sim, TEST_KEY_P256);
    simulator_add_key(&sim, "root", "snapshot", key);
    MpHash id;
    json_t *again = test_key_public(sim.keys[key]);
    json_object_set_new(again, "name", json_string("another"));
    cr_assert(mp_tuf_key_id(again, &id, NULL));
    json_object_set_new(json_object_get(simulator_signed(&sim, "root"), "keys"), id.text, again);
    json_array_append_new(json_object_get(rule("snapshot"), "keyids"), json_string(id.text));
    simulator_set_threshold(&sim, "snapshot", 3);
    simulator_publish(&sim, "root snapshot timestamp");

    json_t *document = json_loads(simulator_published(&sim, "snapshot"), 0, NULL);
    json_t *signatures = json_object_get(document, "signatures");
    const char *signature =
        json_string_value(json_object_get(json_array_get(signatures, 1), "sig"));
    json_array_append_new(signatures, json_pack("{s:s, s:s}", "keyid", id.text, "sig", signature));
    char *text = json_dumps(document, 0);
    simulator_replace(&sim, "snapshot", text);
    cr_expect(!refresh());
    cr_expect(strstr(why.message, "2 of its keys signed it, 3 must"), "%s", why.message);
    free(text);
    json_decref(document);
}

Test(tuf_keys, a_key_under_a_wrong_id_does_not_count)
{
    json_t *keys = json_object_get(simulator_signed(&sim, "root"), "keys");
    const char *id =
        json_string_value(json_array_get(json_object_get(rule("snapshot"), "keyids"), 0));
    json_object_set_new(json_object_get(keys, id), "added", json_string("later"));
    simulator_publish(&sim, "root snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 2, timestamp 2");
}

/* ---- signatures that are wrong --------------------------------------------------------------- */

static void blind_first(json_t *signatures)
{
    const json_t *other = json_object_get(json_array_get(signatures, 1), "sig");
    json_object_set_new(json_array_get(signatures, 0), "sig",
                        json_copy((json_t *)(uintptr_t)other));
}

static void empty_first(json_t *signatures)
{
    json_object_set_new(json_array_get(signatures, 0), "sig", json_string(""));
}

Test(tuf_keys, wrong_signatures_beside_enough_right_ones)
{
    static Change *const changes[] = {blind_first, empty_first};
    add_new_key("timestamp");
    simulator_publish(&sim, "root");
    for (size_t i = 0; i < 2; i++) {
        simulator_publish(&sim, "timestamp");
        forge("timestamp", changes[i]);
        cr_expect(refresh(), "%s", why.message);
        cr_expect_str_eq(trusted(), i ? "root 2, snapshot 1, targets 1, timestamp 3"
                                      : "root 2, snapshot 1, targets 1, timestamp 2");
    }
}

static void blind_last(json_t *signatures)
{
    json_t *last = json_array_get(signatures, json_array_size(signatures) - 1);
    char *text = strdup(json_string_value(json_object_get(last, "sig")));
    text[20] = text[20] == '0' ? '1' : '0';
    json_object_set_new(last, "sig", json_string(text));
    free(text);
}

Test(tuf_keys, each_type_of_key_signs_and_forgeries_are_refused)
{
    for (TestKeyKind kind = TEST_KEY_ED25519; kind <= TEST_KEY_RSA; kind++) {
        simulator_add_key(&sim, "root", "root", simulator_new_key(&sim, kind));
        simulator_set_threshold(&sim, "root", 2);
        simulator_publish(&sim, "root");
        cr_expect(refresh(), "%d: %s", kind, why.message);
        simulator_publish(&sim, "root");
        forge("root", blind_last);
        cr_expect(!refresh(), "%d", kind);
        cr_expect_str_eq(trusted(), "root 2, snapshot 1, targets 1, timestamp 1");
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_keys, keys_of_an_unknown_type_are_in_nobodys_way)
{
    MpHash id;
    json_t *strange =
        json_pack("{s:s, s:s, s:{}}", "keytype", "abacus", "scheme", "beads", "keyval");
    cr_assert(mp_tuf_key_id(strange, &id, NULL));
    json_object_set_new(json_object_get(simulator_signed(&sim, "root"), "keys"), id.text, strange);
    json_array_append_new(json_object_get(rule("timestamp"), "keyids"), json_string(id.text));
    simulator_publish(&sim, "root timestamp");
    cr_expect(refresh(), "%s", why.message);
}

/* The signature of another role's key, and of a key that nobody named. */
Test(tuf_keys, keys_of_others_do_not_count)
{
    for (int key = 0; key < 2; key++) { /* root's, timestamp's */
        simulator_drop_signer(&sim, "snapshot");
        simulator_add_signer(&sim, "snapshot", key);
        simulator_publish(&sim, "snapshot timestamp");
        cr_expect(!refresh());
        cr_expect_str_eq(trusted(), "root 1, timestamp 2");
        fixture_finish();
        fixture_init();
    }
}

/* ---- rotations ------------------------------------------------------------------------------ */

/* Keys and signers as digits: those of key 1 and key 2 are "12". */
typedef struct Version {
    const char *keys, *signers;
    int threshold;
} Version;

typedef struct Rotation {
    const char *name;
    bool good;
    Version versions[4];
} Rotation;

static int pool[10];

static void make_pool(void)
{
    for (int i = 0; i < 10; i++)
        pool[i] = simulator_new_key(&sim, TEST_KEY_ED25519);
}

static void set_keys(const char *role, const Version *version)
{
    simulator_clear_keys(&sim, "root", role);
    for (const char *key = version->keys; *key; key++)
        simulator_add_key(&sim, "root", role, pool[*key - '0']);
    json_array_clear(json_object_get(sim.signers, role));
    for (const char *key = version->signers; *key; key++)
        simulator_add_signer(&sim, role, pool[*key - '0']);
    simulator_set_threshold(&sim, role, version->threshold);
}

static const Rotation roots[] = {
    {"1 of 1, rotated", true, {{"1", "1", 1}, {"2", "21", 1}, {"2", "2", 1}}},
    {"1 of 1, signatures of no use", true, {{"1", "314", 1}, {"2", "3214", 1}, {"2", "324", 1}}},
    {"3 of 5, other keys each time",
     true,
     {{"01234", "024", 3}, {"01234", "041", 3}, {"01234", "013", 3}, {"01234", "013", 3}}},
    {"3 of 5, one key rotated", true, {{"01234", "024", 3}, {"01345", "041", 3}}},
    {"3 of 5, one key rotated with a step between",
     true,
     {{"01234", "024", 3}, {"01345", "0245", 3}, {"01345", "045", 3}}},
    {"3 of 5, all keys rotated with a step between",
     true,
     {{"01234", "024", 3}, {"56789", "024567", 3}, {"56789", "567", 3}}},
    {"threshold from 1 to 2 of 3", true, {{"123", "1", 1}, {"123", "12", 2}}},
    {"threshold from 2 to 1 of 3", true, {{"123", "12", 2}, {"123", "12", 1}, {"123", "1", 1}}},
    {"threshold from 1 to 2 of 2", true, {{"1", "1", 1}, {"12", "12", 2}}},
    {"1 of 1, not by the old key", false, {{"1", "1", 1}, {"2", "234", 1}}},
    {"1 of 1, not by the new key", false, {{"1", "1", 1}, {"2", "134", 1}}},
    {"3 of 5, not by 3 new keys", false, {{"01234", "024", 3}, {"01345", "024", 3}}},
    {"3 of 5, not by 3 old keys", false, {{"01234", "024", 3}, {"01345", "045", 3}}},
    {"threshold to 2 of 3, new one not reached", false, {{"123", "1", 1}, {"123", "2", 2}}},
    {"threshold to 1 of 3, old one not reached", false, {{"123", "12", 2}, {"123", "1", 1}}},
};

static void try_root(const Rotation *rotation)
{
    int count = 0;
    make_pool();
    json_object_del(sim.published, "root");
    for (; count < 4 && rotation->versions[count].keys; count++) {
        set_keys("root", &rotation->versions[count]);
        simulator_publish(&sim, "root");
        if (count == 0)
            fixture_restart();
    }
    char expected[64];
    snprintf(expected, sizeof expected, "root %d", rotation->good ? count : count - 1);
    cr_expect_eq(refresh(), rotation->good, "%s: %s", rotation->name, why.message);
    cr_expect(strncmp(trusted(), expected, strlen(expected)) == 0, "%s: %s", rotation->name,
              trusted());
}

Test(tuf_keys, root_rotations)
{
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        try_root(&roots[i]);
        fixture_finish();
        fixture_init();
    }
}

static const struct {
    const char *name;
    bool good;
    Version version;
} others[] = {
    {"1 of 1, rotated", true, {"2", "2", 1}},
    {"1 of 1, signatures of no use", true, {"1", "314", 1}},
    {"1 of 1, not by the new key", false, {"2", "134", 1}},
    {"3 of 5, one key is not expected", false, {"01345", "024", 3}},
    {"3 of 5, one signature is missing", false, {"01345", "04", 3}},
    {"3 of 5, first ones", true, {"01234", "024", 3}},
    {"3 of 5, second ones", true, {"01234", "041", 3}},
    {"3 of 5, third ones", true, {"01234", "013", 3}},
    {"3 of 5, fourth ones", true, {"01234", "123", 3}},
    {"3 of 5, fifth ones", true, {"01234", "234", 3}},
};

Test(tuf_keys, rotations_of_other_roles)
{
    static const char *const roles[] = {"timestamp", "snapshot", "targets"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 0; j < 3; j++) {
            make_pool();
            set_keys(roles[j], &others[i].version);
            simulator_publish(&sim, "root targets snapshot timestamp");
            cr_expect_eq(refresh(), others[i].good, "%s of %s: %s", others[i].name, roles[j],
                         why.message);
            fixture_finish();
            fixture_init();
        }
}

Test(tuf_keys, only_so_many_roots_are_followed_at_once)
{
    for (int i = 0; i < MP_TUF_ROTATION_LIMIT + 2; i++)
        simulator_publish(&sim, "root");
    cr_expect(refresh(), "%s", why.message);
    cr_expect(strncmp(trusted(), "root 257,", 9) == 0, "%s", trusted());
    cr_expect(refresh(), "the next one goes on: %s", why.message);
    cr_expect(strncmp(trusted(), "root 259,", 9) == 0, "%s", trusted());
}
