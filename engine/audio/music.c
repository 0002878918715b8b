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

void mp_audio_drop_music(MpAudio *self)
{
    if (!self->music)
        return;
    self->backend->free_music(self->music_data);
    free(self->music_file);
    free(self->music);
    self->music = self->music_file = NULL;
    self->music_data = NULL;
}

/* Everything of the new piece is ready before the old one stops. */
static bool start(MpAudio *self, const char *path, MpError *error)
{
    size_t size;
    void *data = NULL;
    MpVfsStat loaded = {0};
    mp_vfs_stat(self->vfs, path, &loaded, NULL);
    char *file = mp_sound_file_read(self->vfs, path, MP_AUDIO_MUSIC_LIMIT, &size, error);
    if (!file)
        return false;
    char *copy = strdup(path);
    if (!copy)
        mp_error_set(error, MP_MEMORY, "no memory for the music '%s'", path);
    if (!copy || !self->backend->load_music(path, file, size, &data, error)) {
        free(copy);
        free(file);
        return false;
    }
    mp_audio_drop_music(self);
    self->music = copy;
    self->music_loaded = loaded;
    self->music_file = file;
    self->music_data = data;
    update_volume(self);
    if (self->backend->play_music(data, self->music_loops, error))
        return true;
    mp_audio_drop_music(self);
    return false;
}

bool MP_NATIVE(mp_audio_play_music)(MpAudio *self, const char *path, float volume, bool loop,
                                    MpError *error)
{
    float level_before = self->music_level;
    bool loops_before = self->music_loops;
    self->music_level = unit(volume);
    self->music_loops = loop;
    if (self->music && strcmp(self->music, path) == 0 && loop && loops_before) {
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

const char *MP_NATIVE(mp_audio_get_music)(const MpAudio *self) { return self->music; }

float MP_NATIVE(mp_audio_get_music_volume)(const MpAudio *self) { return self->music_volume; }

void MP_NATIVE(mp_audio_set_music_volume)(MpAudio *self, float music_volume)
{
    self->music_volume = unit(music_volume);
    update_volume(self);
}

int mp_audio_reload_music(MpAudio *self, MpVfsProblem *problem, void *user)
{
    if (!self->music)
        return 0;
    MpVfsStat now = {0};
    mp_vfs_stat(self->vfs, self->music, &now, NULL);
    if (mp_vfs_stat_same(&self->music_loaded, &now))
        return 0;
    MpError error;
    char *path = strdup(self->music);
    bool started = path && start(self, path, &error);
    if (path && !started) {
        self->music_loaded = now;
        if (problem)
            problem(user, path, &error);
    }
    free(path);
    return started;
}
