/*
 * app/bundles.h - the bundles that came with the game: the zips in the folder bundles/ of its data.
 *
 *     MpBundles *bundles = mp_bundles_open(vfs, "share/moonbase/bundles", &error);
 *     each frame:
 *         if (mp_bundles_poll(bundles))
 *             reload_what_changed();
 *     mp_bundles_close(bundles);
 *
 * They lie over the game's folders in the order of their names, and below patches, whenever they
 * come. One that is replaced by something broken stays as it was.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_APP_BUNDLES_H
#define MP_APP_BUNDLES_H

#include "vfs/vfs.h"

typedef struct MpBundles MpBundles;

/**
 * Mounts what is in the folder, which need not be there, and follows it from then on. `vfs` is
 * borrowed; what is mounted on it until now lies below, what comes later above.
 * Ownership: the caller's, until mp_bundles_close. Errors: NULL; MP_INVALID when `folder` is a
 * file, those of mp_vfs_mount_zip, MP_MEMORY, MP_IO.
 */
MpBundles *mp_bundles_open(MpVfs *vfs, const char *folder, MpError *error);

/** Takes NULL. The mounts stay. */
void mp_bundles_close(MpBundles *bundles);

/** Mounts and unmounts what came and went. Returns whether anything did; logs what and why not. */
bool mp_bundles_poll(MpBundles *bundles);

#endif
