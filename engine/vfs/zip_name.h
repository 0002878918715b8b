/*
 * vfs/zip_name.h - which names the entries of an archive may have.
 */
#ifndef MP_VFS_ZIP_NAME_H
#define MP_VFS_ZIP_NAME_H

#include "vfs/zip.h"

/**
 * Whether the name means the same file on every system, inside the folder it is unpacked to.
 * Errors: MP_REFUSED.
 */
bool mp_zip_check_name(const MpZipEntry *entry, MpError *error);

/**
 * Whether `count` names make one tree on every system: none there twice, none that differ in case
 * only, no file that is also a folder, and at most `limit` files and folders. Sorts `entries`.
 * Errors: MP_FORMAT, MP_LIMIT.
 */
bool mp_zip_check_tree(MpZipEntry *entries, size_t count, size_t limit, MpError *error);

#endif
