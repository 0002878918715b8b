/*
 * audio/sound_file.h - reads files that the decoders may see.
 */
#ifndef MP_SOUND_FILE_H
#define MP_SOUND_FILE_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

#include <stddef.h>

/**
 * Reads an Ogg Vorbis or WAV file. Only its start is looked at: this keeps the mixer's other
 * decoders, which nobody needs, away from files that nobody vouches for.
 * Ownership: the caller frees the result with free().
 * Errors: those of mp_vfs_read; MP_FORMAT.
 */
char *mp_sound_file_read(const MpVfs *vfs, const char *path, size_t limit, size_t *size,
                         MpError *error);

#endif
