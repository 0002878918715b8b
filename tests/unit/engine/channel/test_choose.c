#include "update/channel/choose.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(choose, .timeout = 20);

/* The bucket of this installation is 4,958 with the salt 00: sha256sum says so as well. */
static MpChannelClient client_of(void)
{
    MpChannelClient client = {.platform = "linux", .api = 2};
    strcpy(client.app, "moonbase");
    strcpy(client.channel, "stable");
    strcpy(client.cohort, "a");
    for (int i = 0; i < MP_INSTALL_SIZE; i++)
        client.install.bytes[i] = (unsigned char)i;
    return client;
}

/* A release for everybody, but for `members`. */
static MpOffer offer_of(MpReleaseNumber number, const char *members)
{
    char text[512];
    MpError error;
    MpOffer offer = {.number = number};
    snprintf(text, sizeof text,
             "{\"moonpatch\":{\"app\":\"moonbase\",\"channel\":\"stable\",\"state\":\"live\"}}");
    json_t *custom = json_loads(text, 0, NULL);
    snprintf(text, sizeof text, "{%s}", members);
    json_t *other = json_loads(text, 0, NULL);
    cr_assert_not_null(other, "%s", text);
    json_object_update(json_object_get(custom, "moonpatch"), other);
    cr_assert(mp_directives_parse(custom, &offer.directives, &error), "%s", error.message);
    json_decref(other);
    json_decref(custom);
    return offer;
}

static const struct Case {
    const char *older, *newer; /* the directives of releases 1 and 2 */
    MpReleaseNumber takes;
    const char *why; /* release 2 is not taken */
} cases[] = {
    {"", "", 2, NULL},
    {"", "\"app\":\"rover\"", 1, "another game's"},
    {"", "\"channel\":\"beta\"", 1, "another channel's"},
    {"", "\"min_api\":2", 2, NULL},
    {"", "\"min_api\":3", 1, "a newer version"},
    {"", "\"max_api\":2", 2, NULL},
    {"", "\"max_api\":1", 1, "older versions"},
    {"", "\"platforms\":[\"windows\",\"linux\"]", 2, NULL},
    {"", "\"platforms\":[\"windows\"]", 1, "other platforms"},
    {"", "\"rollout\":{\"percent\":50,\"salt\":\"00\"}", 2, NULL},
    {"", "\"rollout\":{\"percent\":49,\"salt\":\"00\"}", 1, "rollout"},
    {"", "\"rollout\":{\"percent\":0,\"salt\":\"00\"}", 1, "rollout"},
    {"", "\"rollout\":{\"percent\":100,\"salt\":\"00\"}", 2, NULL},
    {"", "\"cohort\":\"a\"", 2, NULL},
    {"", "\"cohort\":\"b\"", 1, "cohort"},
    {"", "\"state\":\"halted\"", 1, "halted"},
    {"\"state\":\"halted\"", "\"state\":\"halted\"", 0, "halted"},
    {"\"pin\":true", "", 1, NULL},
    {"\"pin\":true", "\"pin\":true", 2, NULL},
    {"\"pin\":true,\"state\":\"halted\"", "", 2, NULL},
    {"", "\"embedded\":true", 2, NULL},
};

Test(choose, the_release_that_is_for_this_installation)
{
    MpChannelClient client = client_of();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const MpOffer offers[] = {offer_of(2, cases[i].newer), offer_of(1, cases[i].older)};
        const MpOffer *chosen = mp_choose(&client, offers, 2);
        const char *why = mp_offer_refusal(&offers[0], &client);
        cr_expect_eq(chosen ? chosen->number : 0, cases[i].takes, "%s; %s", cases[i].older,
                     cases[i].newer);
        cr_expect(cases[i].why ? why && strstr(why, cases[i].why) : !why, "%s: %s", cases[i].newer,
                  why);
    }
}

Test(choose, nothing_of_nothing)
{
    MpChannelClient client = client_of();
    cr_expect_null(mp_choose(&client, NULL, 0));
}

Test(choose, a_channel_is_ours_if_any_of_its_releases_is)
{
    MpError error;
    MpChannelClient client = client_of();
    const MpOffer offers[] = {offer_of(2, "\"channel\":\"beta\""),
                              offer_of(1, "\"state\":\"halted\"")};
    cr_expect(mp_offers_are_ours(&client, offers, 2, &error));
    cr_expect(mp_offers_are_ours(&client, offers, 0, &error));
    cr_expect_not(mp_offers_are_ours(&client, offers, 1, &error));
    cr_expect_str_eq(error.message,
                     "no updates: this is the channel 'beta' of 'moonbase', and the game follows "
                     "'stable' of 'moonbase'; correct channel/channel.json");
}

Test(choose, what_did_harm_here_is_not_taken_again)
{
    MpChannelClient client = client_of();
    const MpOffer offers[] = {offer_of(4, ""), offer_of(5, ""), offer_of(6, "\"pin\":true")};
    const MpReleaseNumber condemned[] = {6, 5};
    client.condemned = condemned;
    client.condemned_count = 2;
    cr_expect_eq(mp_choose(&client, offers, 3)->number, 4);
    client.condemned_count = 1;
    cr_expect_eq(mp_choose(&client, offers, 3)->number, 5);
}

Test(choose, a_higher_percentage_removes_nobody)
{
    MpRollout rollout = {0};
    cr_assert(mp_salt_parse("c0ffee", &rollout.salt, NULL));
    unsigned reached[101] = {0};
    for (unsigned i = 0; i < 2000; i++) {
        MpInstall install = {{(unsigned char)i, (unsigned char)(i >> 8)}};
        bool before = false;
        for (rollout.percent = 0; rollout.percent <= 100; rollout.percent++) {
            bool now = mp_rollout_reaches(&rollout, &install);
            cr_assert(now || !before, "installation %u, %u %%", i, rollout.percent);
            before = now;
            reached[rollout.percent] += now;
        }
    }
    cr_expect_eq(reached[0], 0);
    cr_expect(reached[5] > 60 && reached[5] < 140, "%u of 2000 at 5 %%", reached[5]);
    cr_expect(reached[50] > 900 && reached[50] < 1100, "%u of 2000 at 50 %%", reached[50]);
    cr_expect_eq(reached[100], 2000);
}

Test(choose, another_salt_reaches_others)
{
    MpRollout one = {.percent = 50}, other = {.percent = 50};
    cr_assert(mp_salt_parse("01", &one.salt, NULL));
    cr_assert(mp_salt_parse("02", &other.salt, NULL));
    unsigned both = 0;
    for (unsigned i = 0; i < 1000; i++) {
        MpInstall install = {{(unsigned char)i, (unsigned char)(i >> 8)}};
        both += mp_rollout_reaches(&one, &install) && mp_rollout_reaches(&other, &install);
    }
    cr_expect(both > 180 && both < 320, "%u", both);
}

Test(choose, cohorts_are_as_large_as_their_weights)
{
    MpCohorts cohorts;
    MpError error;
    unsigned members[3] = {0};
    json_t *value = json_loads("{\"salt\":\"aa\",\"cohorts\":[{\"name\":\"a\",\"weight\":75},"
                               "{\"name\":\"none\",\"weight\":0},{\"name\":\"b\",\"weight\":25}]}",
                               0, NULL);
    cr_assert(mp_cohorts_parse(value, &cohorts, &error), "%s", error.message);
    for (unsigned i = 0; i < 2000; i++) {
        MpInstall install = {{(unsigned char)i, (unsigned char)(i >> 8)}};
        const char *name = mp_cohorts_pick(&cohorts, &install);
        for (int j = 0; j < 3; j++)
            members[j] += strcmp(name, cohorts.list[j].name) == 0;
    }
    cr_expect_eq(members[0] + members[2], 2000);
    cr_expect_eq(members[1], 0);
    cr_expect(members[0] > 1400 && members[0] < 1600, "%u", members[0]);
    json_decref(value);
}

Test(choose, no_cohorts_and_wrong_ones)
{
    const char *const wrong[] = {
        "{\"cohorts\":{}}",
        "{\"cohorts\":[{\"name\":\"a\"}],\"salt\":\"00\"}",
        "{\"cohorts\":[{\"name\":\"a\",\"weight\":-1}],\"salt\":\"00\"}",
        "{\"cohorts\":[{\"name\":\"A b\",\"weight\":1}],\"salt\":\"00\"}",
        "{\"cohorts\":[{\"name\":\"a\",\"weight\":1}]}",
    };
    MpCohorts cohorts;
    MpInstall install = {{0}};
    cr_assert(mp_cohorts_parse(NULL, &cohorts, NULL));
    cr_expect_str_eq(mp_cohorts_pick(&cohorts, &install), "");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        json_t *value = json_loads(wrong[i], 0, NULL);
        cr_expect_not(mp_cohorts_parse(value, &cohorts, NULL), "%s", wrong[i]);
        json_decref(value);
    }
}
