/*
 * audio/sound_file.h - which files the decoders may see.
 */
#ifndef MP_SOUND_FILE_H
#define MP_SOUND_FILE_H

#include "assets/assets.h"
#include "moonpatch/error.h"

/**
 * Whether this is an Ogg Vorbis or WAV file. Only its start is looked at: this keeps the mixer's
 * other decoders, which nobody needs, away from files that nobody vouches for. `path` is for
 * messages.
 * Errors: MP_FORMAT. Thread: any.
 */
bool mp_sound_file_check(const MpAssetFile *file, const char *path, MpError *error);

#endif
