#include "audio.gen.h"

#include "audio/backend.h"
#include "audio/device.h"
#include "audio/music.h"
#include "audio/sound_file.h"
#include "clock/clock.h"
#include "sound.gen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float between(float low, float value, float high) { return fminf(fmaxf(value, low), high); }

MpAudio *mp_audio_create(MpAssets *assets, bool silent, MpError *warning)
{
    MpAudio *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(warning, MP_MEMORY, "no memory for the audio");
        return NULL;
    }
    mp_error_set(warning, MP_OK, "%s", mp_status_text(MP_OK));
    self->assets = assets;
    self->music_volume = self->effects_volume = 1;
    self->backend = &mp_audio_null;
    self->device.wanted = !silent;
    if (!silent)
        mp_audio_open_device(self, mp_clock_seconds(), warning);
    mp_object_init(&self->object, &mp_class_MpAudio);
    return self;
}

static void destroy_sound(MpSound *sound)
{
    mp_object_finish(&sound->object);
    mp_asset_finish(&sound->asset);
    mp_audio_free_sound(sound->data);
    free(sound);
}

void mp_audio_destroy(MpAudio *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_audio_drop_music(self);
    for (MpSound *sound = self->sounds; sound;) {
        MpSound *next = sound->next;
        destroy_sound(sound);
        sound = next;
    }
    mp_assets_wait(self->assets); /* sounds that nobody waits for are decoded, too */
    self->backend->close();
    free(self);
}

bool mp_audio_is_silent(const MpAudio *self) { return self->backend == &mp_audio_null; }

static bool decode_sound(void *owner, const char *path, MpAssetFile *file, void **decoded,
                         MpError *error)
{
    const MpAudio *self = owner;
    return mp_sound_file_check(file, path, error) &&
           self->backend->load_sound(path, file->bytes, file->size, decoded, error);
}

static bool swap_sound(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file, (void)error;
    MpSound *sound = asset->object;
    mp_audio_free_sound(sound->data);
    sound->data = decoded;
    return true;
}

static void discard_sound(void *owner, void *decoded)
{
    (void)owner;
    mp_audio_free_sound(decoded);
}

static const MpAssetKind sound_kind = {
    .limit = MP_AUDIO_SOUND_LIMIT,
    .decode = decode_sound,
    .swap = swap_sound,
    .discard = discard_sound,
};

static MpSound *create_sound(MpAudio *self, const char *path, MpError *error)
{
    MpSound *sound = calloc(1, sizeof *sound);
    if (!sound) {
        mp_error_set(error, MP_MEMORY, "no memory for the sound '%s'", path);
        return NULL;
    }
    if (!mp_asset_load(self->assets, &sound->asset, &sound_kind, sound, self, path, error)) {
        destroy_sound(sound);
        return NULL;
    }
    mp_object_init(&sound->object, &mp_class_MpSound);
    sound->next = self->sounds;
    return self->sounds = sound;
}

MpSound *MP_NATIVE(mp_audio_load_sound)(MpAudio *self, const char *path, MpError *error)
{
    for (MpSound *sound = self->sounds; sound; sound = sound->next) {
        if (strcmp(sound->asset.path, path) == 0)
            return sound;
    }
    return create_sound(self, path, error);
}

const char *MP_NATIVE(mp_sound_get_source)(const MpSound *self) { return self->asset.source; }

bool MP_NATIVE(mp_audio_play)(MpAudio *self, MpSound *sound, float volume, float pan)
{
    /* Silence cannot get loud, and tests that run faster than time want to count everything. */
    if (!mp_audio_is_silent(self) && !mp_voice_limit_allow(&sound->limit, mp_clock_seconds()))
        return false;
    float loudness = between(0, volume, 1) * self->effects_volume;
    if (!self->backend->play(sound->data, loudness, between(-1, pan, 1)))
        return false;
    self->sounds_played++;
    return true;
}

float MP_NATIVE(mp_audio_get_effects_volume)(const MpAudio *self) { return self->effects_volume; }

void MP_NATIVE(mp_audio_set_effects_volume)(MpAudio *self, float effects_volume)
{
    self->effects_volume = between(0, effects_volume, 1);
}
