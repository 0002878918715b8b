/*
 * vfs/zip_layout.h - whether an archive's bytes are what its directory says they are.
 */
#ifndef MP_VFS_ZIP_LAYOUT_H
#define MP_VFS_ZIP_LAYOUT_H

#include "vfs/zip.h"

/** Bits of MpZipEntry.flags. */
enum {
    MP_ZIP_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13,
    MP_ZIP_DESCRIBED_BEHIND = 1 << 3, /**< Sizes and checksum follow the content. */
};

/**
 * Whether each entry's local header says the same as the directory, and the entries follow one
 * another from the first byte to the directory, without gaps and overlaps. Sorts `entries`, which
 * are at least one.
 * Errors: MP_FORMAT, MP_REFUSED.
 */
bool mp_zip_check_layout(const MpZip *zip, MpZipEntry *entries, size_t count, MpError *error);

#endif
