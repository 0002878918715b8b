#include "update/channel/choose.h"

#include <string.h>

const char *mp_channel_platform(void)
{
#if defined(_WIN32)
    return "windows";
#elif defined(__APPLE__)
    return "macos";
#elif defined(__linux__)
    return "linux";
#else
    return "other";
#endif
}

static bool fits_platform(const MpDirectives *directives, const char *platform)
{
    bool fits = directives->platform_count == 0;
    for (size_t i = 0; i < directives->platform_count; i++)
        fits = fits || strcmp(directives->platforms[i], platform) == 0;
    return fits;
}

static bool is_condemned(const MpChannelClient *client, MpReleaseNumber number)
{
    for (size_t i = 0; i < client->condemned_count; i++) {
        if (client->condemned[i] == number)
            return true;
    }
    return false;
}

const char *mp_offer_refusal(const MpOffer *offer, const MpChannelClient *client)
{
    const MpDirectives *its = &offer->directives;
    const struct {
        bool applies;
        const char *why;
    } refusals[] = {
        {strcmp(its->app, client->app) != 0, "it is another game's"},
        {strcmp(its->channel, client->channel) != 0, "it is another channel's"},
        {client->api < its->min_api, "it needs a newer version of the game"},
        {client->api > its->max_api, "it is for older versions of the game"},
        {!fits_platform(its, client->platform), "it is for other platforms"},
        {its->cohort[0] && strcmp(its->cohort, client->cohort) != 0, "it is another cohort's"},
        {!mp_rollout_reaches(&its->rollout, &client->install), "its rollout has not come here"},
        {its->halted, "it is halted"},
        {is_condemned(client, offer->number), "it did harm on this machine"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (refusals[i].applies)
            return refusals[i].why;
    }
    return NULL;
}

static bool is_better(const MpOffer *offer, const MpOffer *best)
{
    if (!best || offer->directives.pin != best->directives.pin)
        return !best || offer->directives.pin;
    return offer->number > best->number;
}

bool mp_offers_are_ours(const MpChannelClient *client, const MpOffer *offers, size_t count,
                        MpError *error)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(offers[i].directives.app, client->app) == 0 &&
            strcmp(offers[i].directives.channel, client->channel) == 0)
            return true;
    }
    if (count > 0)
        mp_error_set(error, MP_REFUSED,
                     "no updates: this is the channel '%s' of '%s', and the game follows '%s' of "
                     "'%s'; correct channel/channel.json",
                     offers[0].directives.channel, offers[0].directives.app, client->channel,
                     client->app);
    return count == 0;
}

const MpOffer *mp_choose(const MpChannelClient *client, const MpOffer *offers, size_t count)
{
    const MpOffer *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!mp_offer_refusal(&offers[i], client) && is_better(&offers[i], best))
            best = &offers[i];
    }
    return best;
}
