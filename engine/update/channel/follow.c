#include "update/channel/telemetry.h"
#include "update/channel/updater_core.h"

#include "patches/system.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

/* Pauses after failures, seconds: they double up to the longest. */
enum { RETRY_FIRST = 5, RETRY_POLLS = 8, RETRY_LONGEST = 3600, TRIAL_MS = 1000 };

/* A copy, for the thread to work on. */
static MpChannelState copy_state(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    MpChannelState state = updater->state;
    uv_mutex_unlock(&updater->lock);
    return state;
}

/* Writes what the program has said since. */
static void save(MpUpdater *updater)
{
    MpError error;
    uv_mutex_lock(&updater->lock);
    MpChannelState state = updater->state;
    bool due = updater->unsaved;
    updater->unsaved = false;
    uv_mutex_unlock(&updater->lock);
    if (!due || updater->slots.lock < 0 || mp_state_save(updater->slots.folder, &state, &error))
        return;
    uv_mutex_lock(&updater->lock);
    updater->unsaved = true;
    if (!updater->disk_told)
        mp_updater_tell(updater, MP_FOR_PLAYER, error.message);
    updater->disk_told = true;
    uv_mutex_unlock(&updater->lock);
}

static bool may_post(void *user)
{
    MpUpdater *updater = user;
    uv_mutex_lock(&updater->lock);
    bool may = !updater->stops || uv_hrtime() < updater->patience;
    uv_mutex_unlock(&updater->lock);
    return may;
}

static void post_reports(MpUpdater *updater)
{
    MpUpdateReport reports[MP_UPDATER_REPORTS];
    uv_mutex_lock(&updater->lock);
    size_t count = updater->report_count;
    memcpy(reports, updater->reports, sizeof reports);
    updater->report_count = 0;
    uv_mutex_unlock(&updater->lock);
    for (size_t i = 0; i < count && may_post(updater); i++) {
        const MpVerdict verdict = {
            .app = updater->client.app,
            .channel = updater->client.channel,
            .program = updater->program,
            .release = reports[i].release,
            .verdict = reports[i].failed ? "failed" : "confirmed",
            .cause = reports[i].cause,
        };
        mp_telemetry_post(updater->telemetry, &verdict, may_post, updater, NULL);
    }
}

/* Waits until something is to be done, or for so long. Returns whether to go on. */
static bool wait_for(MpUpdater *updater, unsigned milliseconds)
{
    uint64_t until = uv_hrtime() + (uint64_t)milliseconds * 1000000;
    bool stops;
    do {
        save(updater);
        post_reports(updater);
        uv_mutex_lock(&updater->lock);
        uint64_t now = uv_hrtime();
        bool idle = !updater->unsaved || updater->disk_told;
        if (!updater->stops && idle && !updater->report_count && now < until)
            uv_cond_timedwait(&updater->changed, &updater->lock, until - now);
        stops = updater->stops;
        uv_mutex_unlock(&updater->lock);
    } while (!stops && uv_hrtime() < until);
    return !stops;
}

/* By chance between half of the pause and one and a half: those who start together do not ask
   together for ever. */
static unsigned spread(unsigned seconds)
{
    unsigned char byte = 128;
    RAND_bytes(&byte, 1);
    return (unsigned)((uint64_t)seconds * 1000 * (128u + byte) / 256);
}

static unsigned pause_after(MpUpdater *updater, unsigned retry_after)
{
    unsigned seconds = updater->poll_seconds;
    unsigned longest =
        seconds * RETRY_POLLS < RETRY_LONGEST ? seconds * RETRY_POLLS : RETRY_LONGEST;
    if (updater->failures && seconds > RETRY_FIRST)
        seconds = RETRY_FIRST;
    for (unsigned i = 1; i < updater->failures && seconds < longest; i++)
        seconds = 2 * seconds < longest ? 2 * seconds : longest;
    unsigned pause = spread(seconds);
    return pause / 1000 < retry_after ? retry_after * 1000 : pause;
}

/* The slot that is free when a round begins need not be so any more when it is to be filled. */
static bool begin_filling(void *user)
{
    MpUpdater *updater = user;
    MpChannelState *state = &updater->state;
    uv_mutex_lock(&updater->lock);
    updater->filling = state->active == updater->seen_active;
    updater->ready = updater->ready && !updater->filling;
    bool begins = updater->filling;
    uv_mutex_unlock(&updater->lock);
    return begins;
}

/* Takes over what the round has put into slots, and leaves what the program has said meanwhile. */
static void take_slots(MpUpdater *updater, const MpChannelState *worked)
{
    for (int slot = 0; updater->filling && slot < MP_SLOTS; slot++) {
        MpSlot *old = &updater->state.slots[slot];
        if (slot == updater->running || old->release == worked->slots[slot].release)
            continue;
        *old = worked->slots[slot];
        if (updater->state.next == slot)
            updater->state.next = MP_SLOT_NONE;
    }
    updater->filling = false;
}

static void hand_over(MpUpdater *updater, const MpRound *round)
{
    updater->ready = round->is_new && round->state->active == updater->state.active;
    updater->ready_slot = round->slot;
    updater->update = (MpUpdate){
        .number = round->number,
        .apply = round->directives.apply,
        .mandatory = round->directives.mandatory,
    };
    snprintf(updater->update.description, sizeof updater->update.description, "%s",
             round->directives.description);
}

/* That a server cannot be reached is no news for a player. */
static MpAudience audience_of(const MpRound *round, const MpError *error)
{
    bool passes = error->status == MP_IO || error->status == MP_NOT_FOUND;
    return passes && !round->is_local ? MP_FOR_LOG : MP_FOR_PLAYER;
}

/* Numbers, of milliseconds or bytes, are others each time. */
static bool is_same_cause(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    for (;; a++, b++) {
        a += strspn(a, digits);
        b += strspn(b, digits);
        if (*a != *b || !*a)
            return *a == *b;
    }
}

/* Once for each cause, until the channel can be read again. */
static void tell_failure(MpUpdater *updater, MpAudience audience, const char *why)
{
    char *told = updater->told[audience];
    if (!is_same_cause(told, why))
        mp_updater_tell(updater, audience, why);
    snprintf(told, sizeof updater->told[audience], "%s", why);
}

static void tell_success(MpUpdater *updater)
{
    if (updater->told[MP_FOR_LOG][0])
        mp_updater_tell(updater, MP_FOR_LOG, "the channel can be read again");
    memset(updater->told, 0, sizeof updater->told);
}

static void note_round(MpUpdater *updater, const MpRound *round, bool ok, const MpError *error)
{
    uv_mutex_lock(&updater->lock);
    MpChannelState *state = &updater->state;
    take_slots(updater, round->state);
    updater->unsaved = true;
    if (!mp_fetcher_is_cancelled(updater->fetcher)) { /* what is said by then is no verdict */
        snprintf(state->problem, sizeof state->problem, "%.*s", (int)sizeof state->problem - 1,
                 ok ? "" : error->message);
        state->checked = mp_system_time();
        updater->failures = ok ? 0 : updater->failures + 1;
        if (ok)
            tell_success(updater);
        else
            tell_failure(updater, audience_of(round, error), error->message);
    }
    if (ok)
        hand_over(updater, round);
    uv_mutex_unlock(&updater->lock);
}

/* Not while what runs is on trial: no slot is free. */
static bool may_look(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    bool may = updater->running < 0 || updater->state.slots[updater->running].good;
    updater->seen_active = updater->state.active;
    uv_mutex_unlock(&updater->lock);
    return may;
}

/* Returns the pause until the next one, milliseconds. */
static unsigned look(MpUpdater *updater)
{
    MpError error = {.status = MP_OK};
    MpChannelState state = copy_state(updater);
    MpRound round = {
        .url = updater->url,
        .root = updater->root,
        .root_size = updater->root_size,
        .fetcher = updater->fetcher,
        .slots = &updater->slots,
        .state = &state,
        .client = &updater->client,
        .progress = &updater->progress,
        .begin = begin_filling,
        .user = updater,
    };
    bool ok = mp_round_run(&round, &error);
    note_round(updater, &round, ok, &error);
    if (ok && !round.is_new)
        mp_slots_collect(&updater->slots, &state);
    return pause_after(updater, round.retry_after);
}

void mp_updater_follow(void *user)
{
    MpUpdater *updater = user;
    unsigned pause = 0;
    while (wait_for(updater, pause))
        pause = may_look(updater) ? look(updater) : TRIAL_MS;
    save(updater);
    post_reports(updater);
}
