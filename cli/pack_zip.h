/*
 * cli/pack_zip.h - makes a zip archive that depends on nothing but its files' names and contents.
 */
#ifndef MP_CLI_PACK_ZIP_H
#define MP_CLI_PACK_ZIP_H

#include "pack_folder.h"

/**
 * Packs the files in the given order: stored, dated 1980, without rights, extra fields and
 * comments. Ownership: the caller frees the result with free(). Errors: NULL; MP_IO, MP_MEMORY.
 */
void *mp_pack_zip(const MpPackFolder *folder, size_t *size, MpError *error);

#endif
