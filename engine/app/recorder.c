/*
 * recorder.c - a run that is recorded. A disk that is full ends the recording, not the game.
 */
#include "app/session_state.h"

#include "log/log.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

void mp_recorder_put(MpSession *session, const MpRecord *record)
{
    if (session->to.file)
        mp_recording_write(&session->to, record);
}

void mp_recorder_flush(MpSession *session)
{
    if (!session->to.file || (fflush(session->to.file) == 0 && !ferror(session->to.file)))
        return;
    mp_log_warning("the recording '%s' ends at step %llu: %s", session->app->options.record,
                   (unsigned long long)session->steps, strerror(errno));
    fclose(session->to.file);
    session->to.file = NULL;
}

void mp_recorder_close(MpSession *session)
{
    if (!session->to.file)
        return;
    mp_recording_close(&session->to);
    mp_recorder_flush(session);
    if (session->to.file)
        fclose(session->to.file);
}

static void note_answer(void *user, const char *question, const char *text, const MpError *error)
{
    mp_recorder_put(user, &(MpRecord){.kind = MP_RECORD_ANSWER,
                                      .question = mp_session_question(question),
                                      .status = error->status,
                                      .text = text ? text : error->message});
}

bool mp_recorder_open(MpSession *session, MpError *error)
{
    const MpApp *app = session->app;
    session->to = mp_recording_writer(fopen(app->options.record, "wb"));
    if (!session->to.file) {
        mp_error_set(error, MP_IO, "--record: cannot write '%s': %s", app->options.record,
                     strerror(errno));
        return false;
    }
    MpRecordingHeader header = {
        .seed = app->seed, .autoplay = app->options.autoplay, .files = mp_session_files(app)};
    snprintf(header.program, sizeof header.program, "%s", app->program);
    bool written = mp_recording_write_header(&session->to, &header, error);
    mp_recording_header_finish(&header);
    mp_recorder_flush(session);
    session->outside.note = note_answer;
    return written;
}
