/*
 * app/bundle_check.h - whether a bundle has anything that a game would find.
 */
#ifndef MP_APP_BUNDLE_CHECK_H
#define MP_APP_BUNDLE_CHECK_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

#include <stdbool.h>

/**
 * Looks at a bundle that is mounted at `place` ("bundles/gold.zip@3"): at its top there must be
 * patch.lua, scripts/ or assets/.
 * Errors: MP_FORMAT with what is missing, and whether it is one folder further down.
 */
bool mp_bundle_check(const MpVfs *vfs, const char *place, MpError *error);

#endif
