/*
 * audio/music.h - the piece of music that plays, and what audio.c needs of music.c.
 */
#ifndef MP_MUSIC_H
#define MP_MUSIC_H

#include "audio/audio.h"

typedef struct MpMusic {
    MpAsset asset;
    char *bytes; /**< The file, which is decoded while it plays. */
    void *data;  /**< The backend's. */
} MpMusic;

/** Stops and frees the music, if there is any. */
void mp_audio_drop_music(MpAudio *audio);

#endif
