#include "audio/music.h"

#include "audio.gen.h"
#include "audio/backend.h"
#include "audio/sound_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float unit(float value) { return fminf(fmaxf(value, 0), 1); }

static void update_volume(const MpAudio *self)
{
    self->backend->set_music_volume(self->music_level * self->music_volume);
}

static void unload(MpMusic *music)
{
    mp_audio_free_music(music->data);
    free(music->file.bytes);
    music->file.bytes = NULL;
    music->data = NULL;
}

static void destroy(MpMusic *music)
{
    unload(music);
    mp_asset_finish(&music->asset);
    free(music);
}

void mp_audio_drop_music(MpAudio *self)
{
    if (self->music)
        destroy(self->music);
    self->music = NULL;
}

void mp_audio_suspend_music(MpAudio *self)
{
    if (!self->music)
        return;
    mp_audio_free_music(self->music->data);
    self->music->data = NULL;
}

void mp_audio_resume_music(MpAudio *self)
{
    MpMusic *music = self->music;
    update_volume(self);
    if (music && self->backend->load_music(music->asset.path, music->file.bytes, music->file.size,
                                           &music->data, NULL))
        self->backend->play_music(music->data, self->music_loops, NULL);
}

/* Everything of the new piece is ready before the old one stops. */
static bool swap_music(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)decoded;
    MpAudio *self = asset->owner;
    MpMusic *music = asset->object;
    void *data = NULL;
    if (!mp_sound_file_check(file, asset->path, error) ||
        !self->backend->load_music(asset->path, file->bytes, file->size, &data, error))
        return false;
    if (self->music)
        unload(self->music);
    music->file = *file;
    music->data = data;
    file->bytes = NULL;
    update_volume(self);
    return self->backend->play_music(data, self->music_loops, error);
}

static const MpAssetKind music_kind = {.limit = MP_AUDIO_MUSIC_LIMIT, .swap = swap_music};

/* What played before is over when it is unloaded. */
static bool start(MpAudio *self, const char *path, MpError *error)
{
    MpMusic *music = calloc(1, sizeof *music);
    if (!music) {
        mp_error_set(error, MP_MEMORY, "no memory for the music '%s'", path);
        return false;
    }
    bool started =
        mp_asset_load(self->assets, &music->asset, &music_kind, music, self, path, error);
    if (self->music && !self->music->file.bytes)
        mp_audio_drop_music(self);
    if (started)
        self->music = music;
    else
        destroy(music);
    return started;
}

bool MP_NATIVE(mp_audio_play_music)(MpAudio *self, const char *path, float volume, bool loop,
                                    MpError *error)
{
    float level_before = self->music_level;
    bool loops_before = self->music_loops;
    self->music_level = unit(volume);
    self->music_loops = loop;
    if (self->music && strcmp(self->music->asset.path, path) == 0 && loop && loops_before) {
        update_volume(self);
        return true;
    }
    if (start(self, path, error))
        return true;
    self->music_level = level_before;
    self->music_loops = loops_before;
    return false;
}

void MP_NATIVE(mp_audio_stop_music)(MpAudio *self) { mp_audio_drop_music(self); }

const char *MP_NATIVE(mp_audio_get_music)(const MpAudio *self)
{
    return self->music ? self->music->asset.path : NULL;
}

float MP_NATIVE(mp_audio_get_music_volume)(const MpAudio *self) { return self->music_volume; }

void MP_NATIVE(mp_audio_set_music_volume)(MpAudio *self, float music_volume)
{
    self->music_volume = unit(music_volume);
    update_volume(self);
}
