/* Nothing goes back; but what attackers drove forward comes back when their keys are taken away. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(tuf_rollback, .init = fixture_init, .fini = fixture_finish);

static void set_version(const char *role, int version)
{
    json_object_set_new(simulator_signed(&sim, role), "version", json_integer(version));
}

/* Publishes a role as that version, also if it is a great one: under that name. */
static void publish_as(const char *role, int version)
{
    set_version(role, version);
    simulator_publish_again(&sim, role);
}

Test(tuf_rollback, an_older_timestamp)
{
    simulator_publish(&sim, "timestamp");
    cr_assert(refresh());
    publish_as("timestamp", 1);
    asked();
    cr_expect(!refresh());
    cr_expect_str_eq(asked(), "2.root timestamp");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 2");
}

Test(tuf_rollback, an_older_snapshot_that_no_timestamp_has)
{
    simulator_publish(&sim, "snapshot timestamp");
    cr_assert(refresh());
    publish_as("snapshot", 1);
    asked();
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "2.root timestamp");
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 1, timestamp 2");
}

Test(tuf_rollback, an_older_snapshot_in_a_new_timestamp)
{
    for (int hashes = 0; hashes < 2; hashes++) {
        sim.hashes = hashes;
        simulator_publish(&sim, "snapshot timestamp");
        cr_assert(refresh());
        publish_as("snapshot", 1);
        simulator_publish(&sim, "timestamp");
        asked();
        cr_expect(!refresh());
        cr_expect_str_eq(asked(), "2.root timestamp");
        cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 1, timestamp 2");
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_rollback, older_targets_in_a_new_snapshot)
{
    for (int hashes = 0; hashes < 2; hashes++) {
        sim.hashes = hashes;
        simulator_publish(&sim, "targets targets snapshot timestamp");
        cr_assert(refresh());
        publish_as("targets", 1);
        simulator_publish(&sim, "snapshot timestamp");
        cr_expect(!refresh());
        cr_expect(strstr(why.message, "older"), "%s", why.message);
        cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 3, timestamp 3");
        fixture_finish();
        fixture_init();
    }
}

/* The snapshot that is replaced need not be valid any more to be the measure. */
Test(tuf_rollback, older_targets_after_a_snapshot_that_expired)
{
    simulator_expire(&sim, "snapshot", 7);
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_assert(refresh());
    publish_as("targets", 1);
    simulator_expire(&sim, "snapshot", 21);
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(!refresh_on(18));
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 3");
}

Test(tuf_rollback, an_older_delegated_role)
{
    simulator_delegate(&sim, "targets", "A", "*", false);
    simulator_publish(&sim, "A A targets snapshot timestamp");
    cr_assert(refresh());
    publish_as("A", 1);
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 3");
}

Test(tuf_rollback, a_role_that_is_gone_from_the_snapshot)
{
    simulator_delegate(&sim, "targets", "A", "*", false);
    simulator_publish(&sim, "A targets snapshot timestamp");
    cr_assert(refresh());
    json_object_del(json_object_get(simulator_signed(&sim, "snapshot"), "meta"), "A.json");
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(!refresh());
    cr_expect(strstr(why.message, "gone"), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 3");
}

Test(tuf_rollback, targets_that_are_gone_from_the_snapshot)
{
    cr_assert(refresh());
    json_object_clear(json_object_get(simulator_signed(&sim, "snapshot"), "meta"));
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 2");
}

Test(tuf_rollback, a_root_comes_one_after_the_other)
{
    publish_as("root", 1); /* as 2.root.json */
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1");
    simulator_replace(&sim, "root", NULL);
    publish_as("root", 3);
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 1");
}

/* ---- fast forward, and the way back ---------------------------------------------------------- */

/* Without versions in names, any number can be published. */
static void use_plain_names(void)
{
    json_object_set_new(simulator_signed(&sim, "root"), "consistent_snapshot", json_false());
    simulator_publish(&sim, "root");
}

Test(tuf_rollback, a_fast_forwarded_timestamp_comes_back_with_a_new_key)
{
    publish_as("timestamp", 99999);
    cr_assert(refresh(), "%s", why.message);
    cr_assert_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 99999");
    publish_as("timestamp", 2);
    cr_expect(!refresh(), "without a new key it would be a rollback");
    simulator_rotate(&sim, "timestamp");
    simulator_publish(&sim, "root");
    publish_as("timestamp", 2);
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 2, snapshot 1, targets 1, timestamp 2");
}

Test(tuf_rollback, a_fast_forwarded_snapshot_comes_back_with_new_keys)
{
    use_plain_names();
    publish_as("snapshot", 99999);
    simulator_publish(&sim, "timestamp");
    cr_assert(refresh(), "%s", why.message);
    cr_assert_str_eq(trusted(), "root 2, snapshot 99999, targets 1, timestamp 2");
    simulator_rotate(&sim, "snapshot");
    simulator_rotate(&sim, "timestamp");
    simulator_publish(&sim, "root");
    publish_as("snapshot", 1);
    simulator_publish(&sim, "timestamp");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 3, snapshot 1, targets 1, timestamp 3");
}

Test(tuf_rollback, fast_forwarded_targets_come_back_with_a_new_snapshot_key)
{
    use_plain_names();
    publish_as("targets", 99999);
    simulator_publish(&sim, "snapshot timestamp");
    cr_assert(refresh(), "%s", why.message);
    cr_assert_str_eq(trusted(), "root 2, snapshot 2, targets 99999, timestamp 2");
    simulator_rotate(&sim, "snapshot");
    simulator_publish(&sim, "root");
    publish_as("targets", 2);
    simulator_publish(&sim, "snapshot timestamp");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 3, snapshot 3, targets 2, timestamp 3");
}

/* The old timestamp was signed by a key that still counts, and says that there is snapshot 99999.
 */
Test(tuf_rollback, with_the_snapshot_key_alone_the_old_timestamp_is_forgotten_too)
{
    use_plain_names();
    publish_as("snapshot", 99999);
    simulator_publish(&sim, "timestamp");
    cr_assert(refresh(), "%s", why.message);
    simulator_rotate(&sim, "snapshot");
    simulator_publish(&sim, "root");
    publish_as("snapshot", 1);
    simulator_publish(&sim, "timestamp");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 3, snapshot 1, targets 1, timestamp 3");
}

/* Both keys signed 99999; the one that stays would still make it count. */
Test(tuf_rollback, one_of_two_keys_that_is_taken_away_is_enough)
{
    simulator_add_key(&sim, "root", "timestamp", simulator_new_key(&sim, TEST_KEY_P256));
    simulator_publish(&sim, "root");
    publish_as("timestamp", 99999);
    cr_assert(refresh(), "%s", why.message);
    json_t *roles = json_object_get(simulator_signed(&sim, "root"), "roles");
    json_array_remove(json_object_get(json_object_get(roles, "timestamp"), "keyids"), 1);
    simulator_drop_signer(&sim, "timestamp");
    simulator_publish(&sim, "root");
    publish_as("timestamp", 2);
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 3, snapshot 1, targets 1, timestamp 2");
}

Test(tuf_rollback, a_further_key_makes_nobody_forget)
{
    publish_as("timestamp", 7);
    cr_assert(refresh());
    simulator_add_key(&sim, "root", "timestamp", simulator_new_key(&sim, TEST_KEY_P256));
    simulator_publish(&sim, "root");
    publish_as("timestamp", 6);
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 2, snapshot 1, targets 1, timestamp 7");
}

Test(tuf_rollback, greatest_numbers)
{
    use_plain_names();
    json_object_set_new(simulator_signed(&sim, "timestamp"), "version", json_integer(INT64_MAX));
    simulator_publish_again(&sim, "timestamp");
    cr_expect(refresh(), "%s", why.message);
    simulator_rotate(&sim, "timestamp");
    simulator_publish(&sim, "root");
    publish_as("timestamp", 2);
    cr_expect(refresh(), "%s", why.message);
}

Test(tuf_rollback, there_is_no_root_after_the_last_number)
{
    json_object_set_new(simulator_signed(&sim, "root"), "version", json_integer(INT64_MAX));
    simulator_publish_again(&sim, "root");
    fixture_restart();
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(asked(), "timestamp 1.snapshot 1.targets");
}
