/* A timestamp that is said to be the one that is stored. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(tuf_renew, .init = fixture_init, .fini = fixture_finish);

static MpTufAnswer said;  /* MP_TUF_HAS: what there is */
static size_t known_size; /* of the last request */

static MpTufAnswer renew(void *context, const char *name, size_t limit, const void *known,
                         size_t size, unsigned char **bytes, size_t *length, MpError *error)
{
    MpTufSource source = simulator_source(&sim);
    cr_expect_str_eq(name, "timestamp.json");
    cr_expect_eq(known != NULL, size > 0);
    known_size = size;
    return said == MP_TUF_HAS ? source.get(context, name, limit, bytes, length, error) : said;
}

static bool look(MpTufAnswer answer, int day)
{
    MpTufOptions options = fixture_options();
    options.now += day * INT64_C(86400);
    options.source.renew = renew;
    said = answer;
    MpTufClient *client = mp_tuf_client_create(&options, &why);
    bool ok = client && mp_tuf_client_refresh(client, &why);
    mp_tuf_client_destroy(client);
    return ok;
}

Test(tuf_renew, the_stored_one_counts)
{
    cr_assert(look(MP_TUF_HAS, 0), "%s", why.message);
    cr_expect_eq(known_size, 0);
    cr_expect_str_eq(asked(), "2.root timestamp 1.snapshot 1.targets");
    cr_expect(look(MP_TUF_SAME, 0), "%s", why.message);
    cr_expect_eq(known_size, strlen(simulator_published(&sim, "timestamp")));
    cr_expect_str_eq(asked(), "2.root");
    cr_expect_str_eq(trusted(), "root 1, snapshot 1, targets 1, timestamp 1");
    simulator_publish(&sim, "targets snapshot timestamp");
    cr_expect(look(MP_TUF_HAS, 0), "%s", why.message);
    cr_expect_str_eq(trusted(), "root 1, snapshot 2, targets 2, timestamp 2");
}

Test(tuf_renew, the_stored_one_expires_all_the_same)
{
    simulator_expire(&sim, "timestamp", 1);
    simulator_publish(&sim, "timestamp");
    cr_assert(look(MP_TUF_HAS, 0), "%s", why.message);
    cr_expect_not(look(MP_TUF_SAME, 2));
    cr_expect(strstr(why.message, "metadata of timestamp expired"), "%s", why.message);
}

Test(tuf_renew, what_is_not_stored_cannot_be_what_it_was)
{
    cr_expect_not(look(MP_TUF_SAME, 0));
    cr_expect(strstr(why.message, "nothing is known of it"), "%s", why.message);
}

static void expect_unknown(void)
{
    cr_expect_not(look(MP_TUF_SAME, 0));
    cr_expect_eq(known_size, 0, "nobody is told of what is not trusted");
    cr_expect(look(MP_TUF_HAS, 0), "%s", why.message);
}

Test(tuf_renew, one_that_is_damaged_is_not_stored)
{
    cr_assert(look(MP_TUF_HAS, 0), "%s", why.message);
    scratch_write_text(&scratch, "metadata/timestamp.json", "{}");
    expect_unknown();
}

Test(tuf_renew, one_of_a_key_that_was_revoked_is_not_stored)
{
    cr_assert(look(MP_TUF_HAS, 0), "%s", why.message);
    simulator_rotate(&sim, "timestamp");
    simulator_publish(&sim, "root timestamp");
    expect_unknown();
}
