#include "audio.gen.h"

#include "audio/backend.h"
#include "audio/music.h"
#include "audio/sound_file.h"
#include "clock/clock.h"
#include "sound.gen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float between(float low, float value, float high) { return fminf(fmaxf(value, low), high); }

MpAudio *mp_audio_create(const MpVfs *vfs, bool silent, MpError *warning)
{
    MpAudio *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(warning, MP_MEMORY, "no memory for the audio");
        return NULL;
    }
    mp_error_set(warning, MP_OK, "%s", mp_status_text(MP_OK));
    self->vfs = vfs;
    self->music_volume = self->effects_volume = 1;
    self->backend = !silent && mp_audio_sdl.open(warning) ? &mp_audio_sdl : &mp_audio_null;
    mp_object_init(&self->object, &mp_class_MpAudio);
    return self;
}

static void destroy_sound(MpAudio *self, MpSound *sound)
{
    mp_object_finish(&sound->object);
    self->backend->free_sound(sound->data);
    free(sound->path);
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
        destroy_sound(self, sound);
        sound = next;
    }
    self->backend->close();
    free(self);
}

bool mp_audio_is_silent(const MpAudio *self) { return self->backend == &mp_audio_null; }

/* Also for a sound that is loaded already: on failure it keeps what it has. */
static bool fill_sound(MpAudio *self, MpSound *sound, MpError *error)
{
    size_t size;
    void *data = NULL;
    sound->loaded = (MpVfsStat){0};
    mp_vfs_stat(self->vfs, sound->path, &sound->loaded, NULL);
    char *file = mp_sound_file_read(self->vfs, sound->path, MP_AUDIO_SOUND_LIMIT, &size, error);
    bool loaded = file && self->backend->load_sound(sound->path, file, size, &data, error);
    free(file);
    if (!loaded)
        return false;
    self->backend->free_sound(sound->data);
    sound->data = data;
    return true;
}

static MpSound *create_sound(MpAudio *self, const char *path, MpError *error)
{
    MpSound *sound = calloc(1, sizeof *sound);
    if (!sound || !(sound->path = strdup(path))) {
        mp_error_set(error, MP_MEMORY, "no memory for the sound '%s'", path);
        free(sound);
        return NULL;
    }
    if (!fill_sound(self, sound, error)) {
        destroy_sound(self, sound);
        return NULL;
    }
    mp_object_init(&sound->object, &mp_class_MpSound);
    return sound;
}

MpSound *MP_NATIVE(mp_audio_load_sound)(MpAudio *self, const char *path, MpError *error)
{
    for (MpSound *sound = self->sounds; sound; sound = sound->next) {
        if (strcmp(sound->path, path) == 0)
            return sound;
    }
    MpSound *sound = create_sound(self, path, error);
    if (sound) {
        sound->next = self->sounds;
        self->sounds = sound;
    }
    return sound;
}

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

static bool is_outdated(const MpAudio *self, const MpSound *sound)
{
    MpVfsStat now = {0};
    mp_vfs_stat(self->vfs, sound->path, &now, NULL);
    return !mp_vfs_stat_same(&sound->loaded, &now);
}

int mp_audio_reload_changed(MpAudio *self, MpVfsProblem *problem, void *user)
{
    MpError error;
    int replaced = 0;
    for (MpSound *sound = self->sounds; sound; sound = sound->next) {
        if (!is_outdated(self, sound))
            continue;
        if (fill_sound(self, sound, &error))
            replaced++;
        else if (problem)
            problem(user, sound->path, &error);
    }
    return replaced + mp_audio_reload_music(self, problem, user);
}
