/*
 * audio/sound.h - a short sound, decoded and ready to be played.
 *
 * Sounds come from mp_audio_load_sound (audio.h), which keeps one per path. When the file changes,
 * the same sound plays the new content.
 */
#ifndef MP_SOUND_H
#define MP_SOUND_H

#include "assets/assets.h"
#include "audio/voice_limit.h"
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** A short sound that audio plays. */
typedef struct MP_CLASS MP_OPAQUE MpSound {
    MpObject object;
    MpAsset asset;
    void *data; /**< The backend's. */
    MpVoiceLimit limit;
    struct MpSound *next;
} MpSound;

/** The mount that the sound came from: a folder or a bundle. */
MP_LEAF MP_GETTER const char *mp_sound_get_source(const MpSound *self);

#endif
