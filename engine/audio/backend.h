/*
 * audio/backend.h - what a sound device and silence do differently.
 *
 * The content of files was checked to start like Ogg or WAV. What silence loads is NULL.
 */
#ifndef MP_AUDIO_BACKEND_H
#define MP_AUDIO_BACKEND_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct MpAudioBackend {
    bool (*open)(MpError *error);
    void (*close)(void);
    /** Decodes a sound, which does not need `file` afterwards. `path` is for messages. */
    bool (*load_sound)(const char *path, const void *file, size_t size, void **sound,
                       MpError *error);
    /** False: no voice is free. */
    bool (*play)(void *sound, float volume, float pan);
    /** `file` stays in place until mp_audio_free_music. */
    bool (*load_music)(const char *path, const void *file, size_t size, void **music,
                       MpError *error);
    bool (*play_music)(void *music, bool loop, MpError *error);
    void (*set_music_volume)(float volume);
} MpAudioBackend;

/** Frees what either of them decoded, with or without a device; a sound outlives it. Takes NULL. */
void mp_audio_free_sound(void *sound);

/** Frees music of either; it does not outlive the device. Takes NULL. */
void mp_audio_free_music(void *music);

extern const MpAudioBackend mp_audio_sdl;
extern const MpAudioBackend mp_audio_null;

#endif
