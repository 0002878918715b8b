/*
 * audio/music.h - the piece of music that plays, and what audio.c needs of music.c.
 */
#ifndef MP_MUSIC_H
#define MP_MUSIC_H

#include "audio/audio.h"

typedef struct MpMusic {
    MpAsset asset;
    MpAssetFile file; /**< Is decoded while it plays. */
    void *data;       /**< The backend's. */
} MpMusic;

/** Stops and frees the music, if there is any. */
void mp_audio_drop_music(MpAudio *audio);

/** Keeps only the file of the music, if there is any: its device closes. */
void mp_audio_suspend_music(MpAudio *audio);

/** Starts it again, on another device. */
void mp_audio_resume_music(MpAudio *audio);

#endif
