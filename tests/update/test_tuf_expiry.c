/* Everything must be valid at one moment; what has expired is still the measure for what is new. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(tuf_expiry, .init = fixture_init, .fini = fixture_finish);

Test(tuf_expiry, an_expired_root_is_stored_but_nothing_is_taken_by_it)
{
    cr_assert(refresh());
    simulator_publish(&sim, "root");
    cr_assert(refresh());
    simulator_expire(&sim, "root", -1);
    simulator_publish(&sim, "root targets snapshot timestamp");
    cr_expect(!refresh());
    cr_expect_str_eq(trusted(), "root 3, snapshot 1, targets 1, timestamp 1");
    simulator_expire(&sim, "root", 1);
    simulator_publish(&sim, "root");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 4, snapshot 2, targets 2, timestamp 2");
}

Test(tuf_expiry, only_the_last_root_must_be_valid)
{
    simulator_expire(&sim, "root", -5);
    simulator_publish(&sim, "root");
    simulator_expire(&sim, "root", 5);
    simulator_publish(&sim, "root");
    cr_expect(refresh(), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 3, snapshot 1, targets 1, timestamp 1");
}

Test(tuf_expiry, each_role_that_expired_is_refused)
{
    static const struct {
        const char *role, *trusted;
    } cases[] = {
        {"timestamp", "root 1, snapshot 1, targets 1, timestamp 1"},
        {"snapshot", "root 1, snapshot 1, targets 1, timestamp 2"},
        {"targets", "root 1, snapshot 2, targets 1, timestamp 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert(refresh());
        simulator_expire(&sim, cases[i].role, -5);
        simulator_publish(&sim, "targets snapshot timestamp");
        cr_expect(!refresh(), "%s", cases[i].role);
        cr_expect_str_eq(trusted(), cases[i].trusted, "%s: %s", cases[i].role, trusted());
        cr_expect(strstr(why.message, "expired at 2029-12-27T00:00:00Z"), "%s", why.message);
        fixture_finish();
        fixture_init();
    }
}

/* Who holds newer metadata back must be noticed, though nothing that is there is wrong. */
Test(tuf_expiry, a_frozen_repository_is_noticed)
{
    static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        simulator_expire(&sim, roles[i], 7);
        simulator_publish(&sim, "root targets snapshot timestamp");
        cr_assert(refresh_on(6), "%s", why.message);
        cr_expect(!refresh_on(7), "%s", roles[i]);
        cr_expect(strstr(why.message, roles[i]), "%s", why.message);
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_expiry, what_expired_here_may_be_replaced)
{
    static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        simulator_expire(&sim, roles[i], 7);
        simulator_publish(&sim, "root targets snapshot timestamp");
        cr_assert(refresh(), "%s", why.message);
        simulator_expire(&sim, roles[i], 21);
        simulator_publish(&sim, "root targets snapshot timestamp");
        cr_expect(refresh_on(18), "%s: %s", roles[i], why.message);
        cr_expect_str_eq(trusted(), "root 3, snapshot 3, targets 3, timestamp 3");
        fixture_finish();
        fixture_init();
    }
}

Test(tuf_expiry, an_expired_timestamp_is_still_the_measure)
{
    simulator_expire(&sim, "timestamp", 7);
    simulator_publish(&sim, "timestamp");
    cr_assert(refresh());
    json_object_set_new(simulator_signed(&sim, "timestamp"), "version", json_integer(1));
    simulator_expire(&sim, "timestamp", 21);
    simulator_publish_again(&sim, "timestamp");
    cr_expect(!refresh_on(18));
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 2");
}

static void delegate(int days)
{
    simulator_delegate(&sim, "targets", "delegated", "path/*", false);
    simulator_expire(&sim, "delegated", days);
    simulator_add_target(&sim, "delegated", "path/one", "1");
    simulator_publish(&sim, "delegated targets snapshot timestamp");
}

Test(tuf_expiry, a_delegated_role_that_expired_is_refused)
{
    delegate(-1);
    cr_expect(refresh(), "%s", why.message);
    cr_expect(!find("path/one"));
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
}

Test(tuf_expiry, a_stored_delegated_role_expires_too)
{
    delegate(7);
    cr_expect(find("path/one"), "%s", why.message);
    cr_expect(!find_on("path/one", 18));
    simulator_expire(&sim, "delegated", 21);
    simulator_publish(&sim, "delegated snapshot timestamp");
    cr_expect(find_on("path/one", 18), "%s", why.message);
}
