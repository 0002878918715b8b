/* What a game's channel.json says, and what is said of one that is mistyped. */
#include "app/update_config.h"
#include "support/scratch.h"

#include <criterion/criterion.h>

/* What is wrong with a channel.json of that text; "": nothing. */
static const char *complaint_of(const char *text)
{
    static MpError error;
    Scratch data;
    MpUpdateConfig config;
    scratch_init(&data);
    scratch_make_folder(&data, "channel");
    scratch_write_text(&data, "channel/channel.json", text);
    scratch_write_text(&data, "channel/root.json", "{}");
    bool good = mp_update_config_read(&config, data.path, NULL, "game", &error);
    mp_update_config_finish(&config);
    scratch_finish(&data);
    return good ? "" : error.message;
}

Test(update_config, takes_all_of_its_members)
{
    cr_assert_str_eq(complaint_of("{\"url\": \"http://a/\"}"), "");
    cr_assert_str_eq(complaint_of("{\"url\": \"https://a/\", \"app\": \"a\", \"channel\": \"b\","
                                  " \"poll\": 60, \"telemetry\": \"https://b/\"}"),
                     "");
}

Test(update_config, a_mistyped_member_is_named_with_the_one_that_was_meant)
{
    cr_assert_str_eq(complaint_of("{\"url\": \"https://a/\", \"pol\": 60}"),
                     "channel/channel.json: there is no \"pol\" (did you mean \"poll\"?)");
    cr_assert_str_eq(complaint_of("{\"Url\": \"https://a/\"}"),
                     "channel/channel.json: there is no \"Url\" (did you mean \"url\"?)");
}

Test(update_config, a_member_that_resembles_none_is_told_which_there_are)
{
    cr_assert_str_eq(complaint_of("{\"url\": \"https://a/\", \"colour\": \"red\"}"),
                     "channel/channel.json: there is no \"colour\": app, channel, poll, telemetry "
                     "and url are known");
}
