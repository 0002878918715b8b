/*
 * device.c - sound devices that vanish, and come.
 *
 * Sounds keep what was decoded while there is no device; those that are loaded meanwhile are
 * decoded when there is one.
 */
#include "audio/device.h"

#include "audio.gen.h"
#include "audio/backend.h"
#include "audio/music.h"

#include <SDL_events.h>
#include <math.h>

static const double FIRST_PAUSE = 1, LONGEST_PAUSE = 30; /* seconds */

bool mp_audio_open_device(MpAudio *self, double now, MpError *error)
{
    MpAudioDevice *device = &self->device;
    bool is_open = mp_audio_sdl.open(error);
    self->backend = is_open ? &mp_audio_sdl : &mp_audio_null;
    device->pause = is_open ? 0 : fmin(fmax(device->pause * 2, FIRST_PAUSE), LONGEST_PAUSE);
    device->next_try = now + device->pause;
    return is_open;
}

void mp_audio_handle_event(MpAudio *self, const SDL_Event *event)
{
    /* A device that nobody opened has no number. */
    if (event->type == SDL_AUDIODEVICEREMOVED && !event->adevice.iscapture && event->adevice.which)
        self->device.lost = !mp_audio_is_silent(self);
}

static void close_device(MpAudio *self)
{
    mp_assets_wait(self->assets); /* the mixer decodes for other threads */
    mp_audio_suspend_music(self);
    self->backend->close();
    self->backend = &mp_audio_null;
}

static void resume(MpAudio *self)
{
    for (MpSound *sound = self->sounds; sound; sound = sound->next) {
        if (!sound->data || sound->asset.job)
            mp_asset_load_again(&sound->asset, NULL); /* or it stays silent */
    }
    mp_audio_resume_music(self);
}

static bool try_again(MpAudio *self, double now)
{
    mp_assets_wait(self->assets); /* silence decodes for them, too */
    bool is_open = mp_audio_open_device(self, now, NULL);
    if (is_open)
        resume(self);
    return is_open;
}

const char *mp_audio_poll(MpAudio *self, double now)
{
    if (self->device.lost) {
        self->device.lost = false;
        close_device(self);
        return try_again(self, now) ? "the sound device is gone: another one plays on"
                                    : "the sound device is gone: silent until there is one";
    }
    bool is_missing = self->device.wanted && mp_audio_is_silent(self);
    if (!is_missing || now < self->device.next_try)
        return NULL;
    return try_again(self, now) ? "there is a sound device again" : NULL;
}
