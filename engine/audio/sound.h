/*
 * audio/sound.h - a short sound, decoded and ready to be played.
 *
 * Sounds come from mp_audio_load_sound (audio.h), which keeps one per path. When the file changes,
 * the same sound plays the new content.
 */
#ifndef MP_SOUND_H
#define MP_SOUND_H

#include "audio/voice_limit.h"
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"
#include "vfs/vfs.h"

/** A short sound that audio plays. */
typedef struct MP_CLASS MP_OPAQUE MpSound {
    MpObject object;
    char *path;
    MpVfsStat loaded; /**< The file that was tried last, good or not. */
    void *data;       /**< The backend's. */
    MpVoiceLimit limit;
    struct MpSound *next;
} MpSound;

#endif
