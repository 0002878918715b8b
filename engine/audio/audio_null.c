#include "audio/backend.h"

static bool open_nothing(MpError *error)
{
    (void)error;
    return true;
}

static void close_nothing(void) {}

static bool load(const char *path, const void *file, size_t size, void **data, MpError *error)
{
    (void)path, (void)file, (void)size, (void)error;
    *data = NULL;
    return true;
}

static bool play(void *sound, float volume, float pan)
{
    (void)sound, (void)volume, (void)pan;
    return true;
}

static bool play_music(void *music, bool loop, MpError *error)
{
    (void)music, (void)loop, (void)error;
    return true;
}

static void set_music_volume(float volume) { (void)volume; }

const MpAudioBackend mp_audio_null = {
    .open = open_nothing,
    .close = close_nothing,
    .load_sound = load,
    .play = play,
    .load_music = load,
    .play_music = play_music,
    .set_music_volume = set_music_volume,
};
