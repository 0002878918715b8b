/*
 * player.c - a run that repeats a recording: its signals in place of devices, its answers in place
 * of the player's files, until it ends or the game turns out to be another one.
 */
#include "app/session_state.h"

#include "clock/clock.h"
#include "file/file.h"
#include "log/log.h"

#include <SDL_timer.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A replay that was held up goes on from there, instead of hurrying after. */
static const double LATE = 0.25; /* seconds */

/* ---- what may differ ---------------------------------------------------------------------- */

static void tell_difference(const char *path, const char *difference)
{
    mp_log_warning("%s %s: the replay may become another game", path, difference);
}

static void compare_files(const MpApp *app, json_t *recorded)
{
    json_t *present = mp_session_files(app), *hash;
    const char *path;
    json_object_foreach (recorded, path, hash) {
        const json_t *now = json_object_get(present, path);
        if (!now)
            tell_difference(path, "was there when this was recorded, and is missing");
        else if (!json_equal(hash, now))
            tell_difference(path, "has changed since this was recorded");
    }
    json_object_foreach (present, path, hash) {
        if (!json_object_get(recorded, path))
            tell_difference(path, "was not there when this was recorded");
    }
    json_decref(present);
}

static bool is_same_game(const char *one, const char *other)
{
    size_t length = strcspn(one, " ");
    return length == strcspn(other, " ") && strncmp(one, other, length) == 0;
}

static bool check_header(const MpApp *app, const MpRecordingHeader *header, MpError *error)
{
    if (!is_same_game(header->program, app->program)) {
        mp_error_set(error, MP_REFUSED, "--replay: this is a recording of '%s', not of '%s'",
                     header->program, app->program);
        return false;
    }
    if (app->options.has_seed && app->seed != header->seed) {
        mp_error_set(error, MP_REFUSED, "--replay: the recording has the seed %u; leave --seed out",
                     (unsigned)header->seed);
        return false;
    }
    if (app->options.autoplay && !header->autoplay) {
        mp_error_set(error, MP_REFUSED,
                     "--replay: no autopilot played in the recording; leave --autoplay out");
        return false;
    }
    if (strcmp(header->program, app->program) != 0)
        mp_log_warning("this was recorded with %s: the replay may become another game",
                       header->program);
    compare_files(app, header->files);
    return true;
}

/* ---- divergence --------------------------------------------------------------------------- */

static void diverge(MpSession *session, const char *how)
{
    if (!session->failed)
        mp_log_error("the replay differs from the recording at step %llu (the same up to step "
                     "%llu): %s",
                     (unsigned long long)session->steps, (unsigned long long)session->checked, how);
    session->failed = session->over = true;
}

static void compare_state(MpSession *session, const MpRecord *record)
{
    if (record->step != session->steps)
        diverge(session, "it has made another number of steps");
    else if (record->checksum != mp_session_checksum(session))
        diverge(session, "the game's report or its chance is another");
    else
        session->checked = session->steps;
}

/* ---- reading ------------------------------------------------------------------------------ */

/* False at the end of the recording, whatever kind of end it is. */
static bool next(MpSession *session, MpRecord *record)
{
    MpError error;
    if (session->over)
        return false;
    switch (mp_recording_read(&session->reader, record, &error)) {
    case MP_READ_RECORD:
        return true;
    case MP_READ_OVER:
        mp_log_warning("the recording was cut off: it ends at step %llu",
                       (unsigned long long)session->steps);
        break;
    default:
        mp_log_error("%s, step %llu", error.message, (unsigned long long)session->steps);
        session->failed = true;
        break;
    }
    session->over = true;
    return false;
}

static char *refuse_answer(const char *question, MpError *error)
{
    mp_error_set(error, MP_NOT_FOUND, "the recording has no answer to '%s'", question);
    return NULL;
}

/* Questions are the same, in the same order. One more at the very end, where nothing is left, is
   no difference: the recording was cut off. */
static char *answer(void *user, const char *question, MpError *error)
{
    MpSession *session = user;
    MpRecordReader before = session->reader;
    MpRecord record;
    if (mp_recording_read(&session->reader, &record, NULL) != MP_READ_RECORD)
        return refuse_answer(question, error);
    if (record.kind != MP_RECORD_ANSWER ||
        strcmp(record.question, mp_session_question(question)) != 0) {
        session->reader = before;
        diverge(session, "it asks for another saved file");
        return refuse_answer(question, error);
    }
    if (record.status == MP_OK)
        return strdup(record.text);
    mp_error_set(error, record.status, "%s", record.text);
    return NULL;
}

static void keep_time(MpSession *session)
{
    double now = mp_clock_seconds();
    double early = session->start + (double)session->steps / MP_APP_STEPS_PER_SECOND - now;
    if (session->start == 0 || early < -LATE)
        session->start = now - (double)session->steps / MP_APP_STEPS_PER_SECOND;
    else if (early > 0)
        SDL_Delay((Uint32)(early * 1000));
}

/* False when nothing more is to be played. */
static bool play(MpSession *session, const MpRecord *record)
{
    switch (record->kind) {
    case MP_RECORD_SIGNAL:
        mp_input_send(session->app->input, &record->signal);
        return true;
    case MP_RECORD_NOTE:
        mp_log_warning("at step %llu of the recording: %s", (unsigned long long)session->steps,
                       record->text);
        return true;
    case MP_RECORD_CHECK:
        compare_state(session, record);
        return !session->failed;
    case MP_RECORD_END:
        compare_state(session, record);
        session->over = true;
        if (!session->failed)
            mp_log_info("the replay is over: %llu steps, the same as recorded",
                        (unsigned long long)session->steps);
        return false;
    default:
        diverge(session, "it does not ask for a saved file");
        return false;
    }
}

bool mp_player_begin_frame(MpSession *session, MpFrame *frame)
{
    MpRecord record;
    if (!session->app->options.headless)
        keep_time(session);
    while (next(session, &record)) {
        if (record.kind == MP_RECORD_FRAME) {
            *frame = (MpFrame){.steps = record.steps, .alpha = record.alpha};
            return true;
        }
        if (!play(session, &record))
            return false;
    }
    return false;
}

/* ---- opening ------------------------------------------------------------------------------ */

bool mp_player_open(MpSession *session, MpError *error)
{
    MpApp *app = session->app;
    size_t size;
    session->bytes = mp_file_read(app->options.replay, MP_RECORDING_SIZE_LIMIT, &size, error);
    if (!session->bytes)
        return false;
    session->reader = mp_recording_reader(session->bytes, size);
    MpRecordingHeader header;
    MpError why;
    if (!mp_recording_read_header(&session->reader, &header, &why)) {
        mp_error_set(error, why.status, "--replay: '%s': %s", app->options.replay, why.message);
        return false;
    }
    bool fine = check_header(app, &header, error);
    app->seed = header.seed;
    app->options.autoplay = header.autoplay;
    mp_recording_header_finish(&header);
    session->outside.closed = true;
    session->outside.answer = answer;
    return fine;
}
