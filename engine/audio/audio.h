/*
 * audio/audio.h - plays sounds and one piece of music.
 *
 *     MpAudio *audio = mp_audio_create(assets, false, &warning);
 *     MpSound *laser = mp_audio_load_sound(audio, "assets/laser.ogg", &error);
 *     mp_audio_play(audio, laser, 0.8f, -0.3f);
 *     mp_audio_play_music(audio, "assets/moon.ogg", 0.5f, true, &error);
 *
 * Files are Ogg Vorbis or WAV. Without a sound device, and when asked for silence, everything
 * works as before and only counts: games and tests need not care.
 *
 * Glossary
 *   sound     short, decoded as a whole when it is loaded; many can play at once
 *   music     long, decoded while it plays; one at a time
 *   volume    0 silent, 1 as recorded; what a call asks for is multiplied by the player's setting
 *   pan       -1 left, 0 middle, 1 right
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_AUDIO_H
#define MP_AUDIO_H

#include "assets/assets.h"
#include "audio/sound.h"
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdbool.h>

union SDL_Event;
struct MpAudioBackend;
struct MpMusic;

/** Largest files, bytes; longest sound, seconds; most sounds that play at once. */
enum {
    MP_AUDIO_SOUND_LIMIT = 8 << 20,
    MP_AUDIO_MUSIC_LIMIT = 64 << 20,
    MP_AUDIO_SECONDS_LIMIT = 60,
    MP_AUDIO_VOICE_LIMIT = 32,
};

/** Whether there is a sound device, and when to look for one. */
typedef struct MpAudioDevice {
    bool wanted;
    bool lost;       /**< It went since the last poll. */
    double next_try; /**< Seconds of mp_clock_seconds. */
    double pause;    /**< Before that try, seconds. */
} MpAudioDevice;

/** What the player hears. */
typedef struct MP_CLASS MP_ROOT(audio) MpAudio {
    MpObject object;
    MP_READONLY int sounds_played; /**< How many sounds were started so far. */
    MpAssets *assets;
    const struct MpAudioBackend *backend;
    MpAudioDevice device;
    MpSound *sounds;
    struct MpMusic *music; /**< What plays; NULL: nothing. */
    float music_level;     /**< As play_music was asked. */
    bool music_loops;
    float music_volume;
    float effects_volume;
} MpAudio;

/**
 * Opens the sound device, or none if `silent`. A device that cannot be opened is no failure: the
 * audio is silent until mp_audio_poll finds one, and `warning` says why; otherwise its status is
 * MP_OK.
 * `assets`, which reloads what changes, is borrowed and must outlive it. Music that is reloaded
 * starts anew.
 * Ownership: the caller's, until mp_audio_destroy.
 * Errors: NULL and MP_MEMORY.
 */
MpAudio *mp_audio_create(MpAssets *assets, bool silent, MpError *warning);

/** Stops and frees everything. Takes NULL. */
void mp_audio_destroy(MpAudio *self);

/** Takes note of a device that went; ignores what is none of its business. */
void mp_audio_handle_event(MpAudio *self, const union SDL_Event *event);

/**
 * Changes to another device when one went, and looks for one from time to time while there is none:
 * sounds go on with the next one that starts, music begins anew. Call it between frames; `now` is
 * mp_clock_seconds. Costs nothing while all is well.
 * Returns a line to tell, or NULL: nothing changed.
 */
const char *mp_audio_poll(MpAudio *self, double now);

/** Whether nothing can be heard. */
bool mp_audio_is_silent(const MpAudio *self);

/**
 * The sound of an Ogg Vorbis or WAV file; the same path gives the same sound.
 * Ownership: audio keeps it until the end.
 * Errors: no such file, neither of the two formats, or longer than a minute.
 */
MP_METHOD MpSound *mp_audio_load_sound(MpAudio *self, const char *path, MpError *error);

/**
 * Starts a sound; `volume` from 0 to 1, `pan` from -1 (left) to 1 (right). False when it was left
 * out: too many are playing, or this one was started four times within 30 ms.
 */
MP_LEAF bool mp_audio_play(MpAudio *self, MpSound *sound, float volume, float pan);

/**
 * Plays music instead of what is playing; once, or again and again if `loop`. A piece that loops
 * and shall loop goes on, with the new volume.
 * Errors: no such file, or neither Ogg Vorbis nor WAV; then the music before plays on.
 */
MP_METHOD bool mp_audio_play_music(MpAudio *self, const char *path, float volume, bool loop,
                                   MpError *error);

/** Ends the music. */
MP_LEAF void mp_audio_stop_music(MpAudio *self);

/** The path of the music that was started last and not stopped; nil if there is none. */
MP_LEAF MP_GETTER const char *mp_audio_get_music(const MpAudio *self);

/** The player's volume for music, from 0 to 1. */
MP_LEAF MP_GETTER float mp_audio_get_music_volume(const MpAudio *self);
MP_LEAF MP_SETTER void mp_audio_set_music_volume(MpAudio *self, float music_volume);

/** The player's volume for sounds, from 0 to 1; counts for those that start from here on. */
MP_LEAF MP_GETTER float mp_audio_get_effects_volume(const MpAudio *self);
MP_LEAF MP_SETTER void mp_audio_set_effects_volume(MpAudio *self, float effects_volume);

#endif
