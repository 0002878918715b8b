#include "update/channel/round.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"
#include "update/channel/objects.h"
#include "update/channel/offers.h"
#include "update/fetch/tuf_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is wanted ------------------------------------------------------------------------ */

static void choose(MpRound *round, const MpOffers *offers)
{
    MpReleaseNumber condemned[MP_CONDEMNED_LIMIT];
    for (size_t i = 0; i < round->state->condemned_count; i++)
        condemned[i] = round->state->condemned[i].number;
    round->client->condemned = condemned;
    round->client->condemned_count = round->state->condemned_count;
    snprintf(round->client->cohort, sizeof round->client->cohort, "%s",
             mp_cohorts_pick(&offers->cohorts, &round->client->install));
    const MpOffer *offer = mp_choose(round->client, offers->list, offers->count);
    round->client->condemned_count = 0;
    round->number = offer ? offer->number : 0;
    round->directives = offer ? offer->directives : (MpDirectives){.embedded = true};
}

static bool runs_already(const MpRound *round)
{
    const MpChannelState *state = round->state;
    int slot = state->next == MP_SLOT_NONE ? state->active : state->next;
    return round->directives.embedded ? slot == MP_SLOT_EMBEDDED
                                      : mp_state_release(state, slot) == round->number;
}

/* ---- getting it ---------------------------------------------------------------------------- */

static char *read_list(MpRound *round, MpTufClient *tuf, size_t *size, MpError *error)
{
    char target[64];
    char *file = mp_path_join(round->slots->folder, "partial/list");
    snprintf(target, sizeof target, "releases/%llu.json", (unsigned long long)round->number);
    if (!file)
        mp_error_set(error, MP_MEMORY, "no memory for a release");
    char *list = file && mp_objects_get(round, tuf, target, file, error)
                     ? mp_file_read(file, MP_RELEASE_LIST_LIMIT, size, error)
                     : NULL;
    if (file)
        remove(file);
    free(file);
    return list;
}

static bool install(MpRound *round, const MpRelease *release, const char *list, size_t size,
                    MpError *error)
{
    if (round->begin && !round->begin(round->user))
        return true; /* the next round knows what has changed */
    round->is_local =
        !mp_slots_install(round->slots, round->state, release, list, size, &round->slot, error);
    round->is_new = !round->is_local;
    return round->is_new;
}

static bool get_release(MpRound *round, MpTufClient *tuf, MpError *error)
{
    size_t size = 0;
    MpRelease release = {0};
    char *list = read_list(round, tuf, &size, error);
    bool ok = list && mp_release_parse(list, size, round->number, &release, error) &&
              mp_objects_bring(round, tuf, &release, error) &&
              install(round, &release, list, size, error);
    mp_release_finish(&release);
    free(list);
    return ok;
}

static bool follow(MpRound *round, MpTufClient *tuf, MpError *error)
{
    MpOffers offers;
    if (!mp_tuf_client_refresh(tuf, error) ||
        !mp_offers_read(mp_tuf_client_targets(tuf), &offers, error))
        return false;
    bool ours = mp_offers_are_ours(round->client, offers.list, offers.count, error);
    if (ours)
        choose(round, &offers);
    mp_offers_finish(&offers);
    if (!ours)
        return false;
    round->slot = MP_SLOT_EMBEDDED;
    if (runs_already(round))
        return true;
    if (!round->directives.embedded)
        return get_release(round, tuf, error);
    round->is_new = true;
    return true;
}

bool mp_round_run(MpRound *round, MpError *error)
{
    MpHttpSource http;
    char *url = mp_path_join(round->url, "metadata");
    char *folder = mp_path_join(round->slots->folder, "metadata");
    char *validators = folder ? mp_path_join(folder, "validators") : NULL;
    bool ok = url && validators;
    round->is_new = false;
    round->retry_after = 0;
    if (!ok)
        mp_error_set(error, MP_MEMORY, "no memory to look for updates");
    round->is_local = !ok || !mp_system_make_folder(round->slots->folder, "partial", error);
    ok = !round->is_local;
    if (ok) {
        mp_http_source_init(&http, round->fetcher, url);
        http.validators = validators;
        MpTufClient *tuf = mp_tuf_client_create(&(MpTufOptions){.folder = folder,
                                                                .source = http.source,
                                                                .root = round->root,
                                                                .root_size = round->root_size},
                                                error);
        ok = tuf && follow(round, tuf, error);
        if (http.retry_after > round->retry_after)
            round->retry_after = http.retry_after;
        mp_tuf_client_destroy(tuf);
    }
    atomic_store(&round->progress->release, 0);
    free(url);
    free(folder);
    free(validators);
    return ok;
}
