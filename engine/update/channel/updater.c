#include "update/channel/updater_core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nobody waits longer for the end of a game, because of verdicts that are not posted yet. */
static const uint64_t last_posts_ns = 500000000;

void mp_updater_tell(MpUpdater *updater, MpAudience audience, const char *line)
{
    snprintf(updater->lines[audience], sizeof updater->lines[audience], "%s", line);
}

/* ---- what is on the disk ------------------------------------------------------------------- */

static void load_state(MpUpdater *updater, const MpUpdaterOptions *options)
{
    MpError error;
    char line[MP_ERROR_MESSAGE_SIZE];
    MpChannelState *state = &updater->state;
    if (!mp_state_load(updater->slots.folder, state, &error)) {
        mp_state_init(state, options->app, options->channel);
        snprintf(line, sizeof line,
                 "%.400s; what the program ships runs until updates are loaded again",
                 error.message);
        if (error.status != MP_NOT_FOUND)
            mp_updater_tell(updater, MP_FOR_PLAYER, line);
    } else if (strcmp(state->app, options->app) != 0 ||
               strcmp(state->channel, options->channel) != 0) {
        mp_state_init(state, options->app, options->channel);
    }
    if (state->next != MP_SLOT_NONE) {
        state->active = state->next;
        state->next = MP_SLOT_NONE;
        updater->unsaved = true;
    }
}

/* What is damaged is forgotten, and loaded again. */
static void forget_damaged(MpUpdater *updater, int damaged, const char *why)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    MpChannelState *state = &updater->state;
    if (state->active == damaged)
        state->active = mp_state_fallback(state);
    state->slots[damaged] = (MpSlot){0};
    updater->unsaved = true;
    snprintf(line, sizeof line, "an update on the disk is damaged and is loaded again: %.300s",
             why);
    mp_updater_tell(updater, MP_FOR_PLAYER, line);
}

/* The program runs that slot from now on. */
static void run(MpUpdater *updater, int slot, MpRelease *files)
{
    updater->running = updater->state.active = slot;
    mp_release_finish(&updater->files);
    updater->files = *files;
    free(updater->folder);
    updater->folder = mp_slots_patches(&updater->slots, slot);
}

/* What is good runs, if it still is as it was put there; else the one before it. */
static void run_good(MpUpdater *updater)
{
    MpError error;
    MpRelease files = {0};
    const MpChannelState *state = &updater->state;
    while (state->active >= 0 &&
           !(mp_slots_check(&updater->slots, state, state->active, &error) &&
             mp_slots_read(&updater->slots, state, state->active, &files, &error)))
        forget_damaged(updater, state->active, error.message);
    run(updater, state->active, &files);
}

/* ---- opening and closing ------------------------------------------------------------------- */

static char *copy_of(const char *text) { return text ? strdup(text) : NULL; }

static void describe_client(MpUpdater *updater, const MpUpdaterOptions *options)
{
    MpChannelClient *client = &updater->client;
    snprintf(client->app, sizeof client->app, "%s", options->app);
    snprintf(client->channel, sizeof client->channel, "%s", options->channel);
    client->platform = mp_channel_platform();
    client->api = options->api;
    client->install = updater->slots.install;
}

static bool copy_options(MpUpdater *updater, const MpUpdaterOptions *options, MpError *error)
{
    updater->url = strdup(options->url);
    updater->program = strdup(options->program);
    updater->telemetry = copy_of(options->telemetry);
    updater->root = malloc(options->root_size + 1);
    updater->root_size = options->root_size;
    updater->poll_seconds = options->poll_seconds;
    if (!updater->url || !updater->program || !updater->root ||
        (options->telemetry && !updater->telemetry)) {
        mp_error_set(error, MP_MEMORY, "no memory for updates");
        return false;
    }
    memcpy(updater->root, options->root, options->root_size);
    return true;
}

MpUpdater *mp_updater_open(const MpUpdaterOptions *options, MpError *error)
{
    MpUpdater *updater = calloc(1, sizeof *updater);
    if (!updater) {
        mp_error_set(error, MP_MEMORY, "no memory for updates");
        return NULL;
    }
    updater->slots.lock = -1;
    updater->running = MP_SLOT_EMBEDDED;
    uv_mutex_init(&updater->lock);
    uv_cond_init(&updater->changed);
    if (!copy_options(updater, options, error) ||
        !mp_slots_open(&updater->slots, options->user_folder, error)) {
        mp_updater_close(updater);
        return NULL;
    }
    describe_client(updater, options);
    load_state(updater, options);
    run_good(updater);
    return updater;
}

bool mp_updater_start(MpUpdater *updater, MpError *error)
{
    if (updater->slots.lock < 0) {
        mp_error_set(error, MP_REFUSED,
                     "another process of the game looks for updates for the same player");
        return false;
    }
    updater->fetcher = mp_fetcher_create(error);
    if (!updater->fetcher)
        return false;
    updater->started = uv_thread_create(&updater->thread, mp_updater_follow, updater) == 0;
    if (!updater->started)
        mp_error_set(error, MP_MEMORY, "no thread to look for updates");
    return updater->started;
}

void mp_updater_close(MpUpdater *updater)
{
    if (!updater)
        return;
    uv_mutex_lock(&updater->lock);
    updater->stops = true;
    updater->patience = uv_hrtime() + last_posts_ns;
    uv_cond_signal(&updater->changed);
    uv_mutex_unlock(&updater->lock);
    if (updater->started) {
        mp_fetcher_cancel(updater->fetcher);
        uv_thread_join(&updater->thread);
    }
    mp_fetcher_destroy(updater->fetcher);
    mp_slots_close(&updater->slots);
    uv_cond_destroy(&updater->changed);
    uv_mutex_destroy(&updater->lock);
    free(updater->url);
    free(updater->telemetry);
    free(updater->program);
    free(updater->root);
    free(updater->folder);
    mp_release_finish(&updater->files);
    free(updater);
}

/* ---- the program's side -------------------------------------------------------------------- */

const char *mp_updater_folder(const MpUpdater *updater) { return updater->folder; }

const MpRelease *mp_updater_files(const MpUpdater *updater) { return &updater->files; }

static void changed(MpUpdater *updater)
{
    updater->unsaved = true;
    uv_cond_signal(&updater->changed);
}

MpReleaseNumber mp_updater_release(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    MpReleaseNumber number = mp_state_release(&updater->state, updater->running);
    uv_mutex_unlock(&updater->lock);
    return number;
}

bool mp_updater_is_good(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    bool good = updater->running < 0 || updater->state.slots[updater->running].good;
    uv_mutex_unlock(&updater->lock);
    return good;
}

bool mp_updater_peek(MpUpdater *updater, MpUpdate *update)
{
    uv_mutex_lock(&updater->lock);
    bool ready = updater->ready;
    if (ready)
        *update = updater->update;
    uv_mutex_unlock(&updater->lock);
    return ready;
}

/* The thread has just checked its files; the list of them is read again. */
static bool take_ready(MpUpdater *updater)
{
    MpError error;
    MpRelease files = {0};
    int slot = updater->ready_slot;
    updater->ready = false;
    updater->state.next = MP_SLOT_NONE;
    changed(updater);
    if (slot >= 0 && !mp_slots_read(&updater->slots, &updater->state, slot, &files, &error)) {
        forget_damaged(updater, slot, error.message);
        return false;
    }
    run(updater, slot, &files);
    return true;
}

bool mp_updater_accept(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    bool taken = updater->ready && take_ready(updater);
    uv_mutex_unlock(&updater->lock);
    return taken;
}

void mp_updater_postpone(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    if (updater->ready) {
        updater->state.next = updater->ready_slot;
        updater->ready = false;
        changed(updater);
    }
    uv_mutex_unlock(&updater->lock);
}

static void report(MpUpdater *updater, MpReleaseNumber release, bool failed, const char *cause)
{
    if (!updater->telemetry || updater->report_count == MP_UPDATER_REPORTS)
        return;
    MpUpdateReport *added = &updater->reports[updater->report_count++];
    *added = (MpUpdateReport){.release = release, .failed = failed};
    snprintf(added->cause, sizeof added->cause, "%.*s", (int)sizeof added->cause - 1, cause);
}

void mp_updater_confirm(MpUpdater *updater)
{
    uv_mutex_lock(&updater->lock);
    if (updater->running >= 0) {
        MpSlot *slot = &updater->state.slots[updater->running];
        if (!slot->good)
            report(updater, slot->release, false, "");
        slot->good = true;
        changed(updater);
    }
    uv_mutex_unlock(&updater->lock);
}

void mp_updater_fail(MpUpdater *updater, const char *why)
{
    uv_mutex_lock(&updater->lock);
    MpReleaseNumber number = mp_state_release(&updater->state, updater->running);
    if (number) {
        if (updater->filling)
            updater->state.slots[1 - updater->running].good = false; /* it is being overwritten */
        mp_state_condemn(&updater->state, number, why);
        report(updater, number, true, why);
        run_good(updater);
        changed(updater);
    }
    uv_mutex_unlock(&updater->lock);
}

void mp_updater_progress(MpUpdater *updater, MpUpdateProgress *progress)
{
    progress->number = atomic_load(&updater->progress.release);
    progress->received = atomic_load(&updater->progress.received);
    progress->total = atomic_load(&updater->progress.total);
}

bool mp_updater_hear(MpUpdater *updater, MpAudience audience, char line[MP_ERROR_MESSAGE_SIZE])
{
    char *kept = updater->lines[audience];
    uv_mutex_lock(&updater->lock);
    bool has = kept[0];
    if (has)
        strcpy(line, kept);
    kept[0] = '\0';
    uv_mutex_unlock(&updater->lock);
    return has;
}
