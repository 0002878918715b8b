#include "audio/audio.h"
#include "audio/backend.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <math.h>

enum { RATE = 44100, BUFFER_FRAMES = 512 };

static bool fail(MpError *error, MpStatus status, const char *what, const char *path)
{
    mp_error_set(error, status, "%s '%s': %s", what, path, Mix_GetError());
    return false;
}

static bool open_device(MpError *error)
{
    if (SDL_InitSubSystem(SDL_INIT_AUDIO)) {
        mp_error_set(error, MP_DEVICE, "no sound: %s", SDL_GetError());
        return false;
    }
    /* In no other format: the next device shall play the sounds that were decoded for this one. */
    if (Mix_OpenAudioDevice(RATE, AUDIO_S16SYS, 2, BUFFER_FRAMES, NULL, 0)) {
        mp_error_set(error, MP_DEVICE, "no sound: %s", Mix_GetError());
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return false;
    }
    Mix_Init(MIX_INIT_OGG);
    Mix_AllocateChannels(MP_AUDIO_VOICE_LIMIT);
    return true;
}

static void close_device(void)
{
    Mix_CloseAudio();
    Mix_Quit();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

static Mix_Music *open_music(const void *file, size_t size)
{
    SDL_RWops *stream = SDL_RWFromConstMem(file, (int)size);
    return stream ? Mix_LoadMUS_RW(stream, SDL_TRUE) : NULL;
}

/* Seconds; an old mixer cannot tell and gets 0. */
static double length_of(Mix_Music *music)
{
#if SDL_MIXER_VERSION_ATLEAST(2, 6, 0)
    return Mix_MusicDuration(music);
#else
    (void)music;
    return 0;
#endif
}

/* Decoding a sound takes all its memory at once, so its length is asked before. */
static bool check_length(const char *path, const void *file, size_t size, MpError *error)
{
    Mix_Music *music = open_music(file, size);
    if (!music)
        return fail(error, MP_FORMAT, "cannot decode", path);
    double seconds = length_of(music);
    Mix_FreeMusic(music);
    if (seconds <= MP_AUDIO_SECONDS_LIMIT)
        return true;
    mp_error_set(error, MP_LIMIT,
                 "'%s' lasts %.0f seconds; a sound may last %d, play longer ones as music", path,
                 seconds, MP_AUDIO_SECONDS_LIMIT);
    return false;
}

static bool load_sound(const char *path, const void *file, size_t size, void **sound,
                       MpError *error)
{
    if (!check_length(path, file, size, error))
        return false;
    SDL_RWops *stream = SDL_RWFromConstMem(file, (int)size);
    *sound = stream ? Mix_LoadWAV_RW(stream, SDL_TRUE) : NULL;
    return *sound || fail(error, MP_FORMAT, "cannot decode", path);
}

void mp_audio_free_sound(void *sound)
{
    if (sound)
        Mix_FreeChunk(sound);
}

static void pan_channel(int channel, float pan)
{
    Uint8 left = (Uint8)lrintf(255 * fminf(1 - pan, 1));
    Uint8 right = (Uint8)lrintf(255 * fminf(1 + pan, 1));
    Mix_SetPanning(channel, left, right);
}

static bool play(void *sound, float volume, float pan)
{
    int channel = Mix_GroupAvailable(-1);
    if (channel < 0)
        return false;
    /* Before it starts, or the mixer's thread could play a moment of it too loud. */
    Mix_Volume(channel, (int)lrintf(volume * MIX_MAX_VOLUME));
    pan_channel(channel, pan);
    return Mix_PlayChannel(channel, sound, 0) >= 0;
}

static bool load_music(const char *path, const void *file, size_t size, void **music,
                       MpError *error)
{
    *music = open_music(file, size);
    return *music || fail(error, MP_FORMAT, "cannot decode", path);
}

void mp_audio_free_music(void *music)
{
    if (music)
        Mix_FreeMusic(music);
}

static bool play_music(void *music, bool loop, MpError *error)
{
    if (Mix_PlayMusic(music, loop ? -1 : 1) == 0)
        return true;
    mp_error_set(error, MP_DEVICE, "cannot play music: %s", Mix_GetError());
    return false;
}

static void set_music_volume(float volume)
{
    Mix_VolumeMusic((int)lrintf(volume * MIX_MAX_VOLUME));
}

const MpAudioBackend mp_audio_sdl = {
    .open = open_device,
    .close = close_device,
    .load_sound = load_sound,
    .play = play,
    .load_music = load_music,
    .play_music = play_music,
    .set_music_volume = set_music_volume,
};
