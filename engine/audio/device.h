/*
 * audio/device.h - what audio.c needs of device.c.
 */
#ifndef MP_AUDIO_DEVICE_H
#define MP_AUDIO_DEVICE_H

#include "audio/audio.h"

/**
 * Opens the sound device; without one the audio is silent, and looks for one later. `now`: seconds
 * of mp_clock_seconds. Errors: MP_DEVICE.
 */
bool mp_audio_open_device(MpAudio *self, double now, MpError *error);

#endif
