/*
 * audio/music.h - what audio.c needs of music.c.
 */
#ifndef MP_MUSIC_H
#define MP_MUSIC_H

#include "audio/audio.h"

/** Stops and frees the music, if there is any. */
void mp_audio_drop_music(MpAudio *audio);

/** Plays the file of the music that is playing again, if it changed. Returns how many: 0 or 1. */
int mp_audio_reload_music(MpAudio *audio, MpVfsProblem *problem, void *user);

#endif
