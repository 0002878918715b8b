/*
 * app/session_state.h - what recorder.c, player.c and session.c share.
 */
#ifndef MP_APP_SESSION_STATE_H
#define MP_APP_SESSION_STATE_H

#include "app/context.h"
#include "recording/recording.h"

struct MpSession {
    MpApp *app;
    MpOutside outside;
    uint64_t steps; /* so far */
    uint64_t checked;
    bool failed;
    /* a run that is recorded */
    MpRecordWriter to; /* its file is NULL: nothing is written any more */
    /* a run that is a replay */
    char *bytes;
    MpRecordReader reader;
    double start; /* of the clock, less the game's time */
    bool over;
};

/** How many steps there are between two checks. */
enum { MP_SESSION_CHECK = 60 };

/** What the game's state comes to: its chance, and what its report says. */
uint64_t mp_session_checksum(const MpSession *session);

/** Paths of the scripts and patches that are in effect, with their hashes; the caller's. */
struct json_t *mp_session_files(const MpApp *app);

/** A question as a recording has it. */
const char *mp_session_question(const char *question);

bool mp_recorder_open(MpSession *session, MpError *error);
void mp_recorder_put(MpSession *session, const MpRecord *record);
void mp_recorder_flush(MpSession *session);
void mp_recorder_close(MpSession *session);

bool mp_player_open(MpSession *session, MpError *error);
bool mp_player_begin_frame(MpSession *session, MpFrame *frame);

#endif
