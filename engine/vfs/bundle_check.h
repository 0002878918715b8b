/*
 * vfs/bundle_check.h - whether a zip archive may be a bundle of the patch folder.
 */
#ifndef MP_VFS_BUNDLE_CHECK_H
#define MP_VFS_BUNDLE_CHECK_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

/** The one script that nothing lies over: through it the engine hears and tells of errors. */
#define MP_BUNDLE_FORBIDDEN "scripts/host.lua"

/** Largest bundle, bytes. */
enum { MP_BUNDLE_SIZE_LIMIT = 64 << 20 };

/**
 * Checks an archive (vfs/zip_check.h), that each file in it is whole, and that it has anything that
 * a game would find: patch.lua, scripts/ or assets/ at its top; and not MP_BUNDLE_FORBIDDEN.
 * Errors: MP_FORMAT, MP_LIMIT, MP_REFUSED, MP_MEMORY; the message names the entry, and says whether
 * the folder was packed instead of what is in it.
 * Thread: any.
 */
bool mp_bundle_check(const void *data, size_t size, MpError *error);

#endif
