/*
 * assets/assets.h - things that are made of files, and follow their files while the game runs.
 *
 *     static const MpAssetKind picture = {.limit = 32 << 20, .decode = decode, .swap = swap,
 *                                         .discard = discard};
 *     MpAssets *assets = mp_assets_create(vfs, &error);
 *     mp_asset_load(assets, &thing->asset, &picture, thing, owner, "assets/a.png", &error);
 *     when files or mounts may have changed:
 *         mp_assets_check(assets);
 *     each frame, between two frames:
 *         mp_assets_poll(assets, hear, user);
 *     mp_asset_finish(&thing->asset);
 *
 * The first load is done at once. Later ones read the file in mp_assets_check, decode it on a
 * thread of libuv's pool, and put it in place in mp_assets_poll: what changed together is swapped
 * together, as soon as all of it is decoded. When a file changes again meanwhile, its newest
 * content wins. What cannot be loaded keeps what it had, and is looked at again a tenth of a second
 * later, as it may have been in the middle of being written; if it is the same then, it is told
 * once.
 *
 * Glossary
 *   asset    a thing made of one file: a texture, a sound, a font
 *   kind     how the assets of one kind are made
 *   source   the mount that the content came from
 *
 * Thread: all functions on the main thread; only `decode` is called on another.
 */
#ifndef MP_ASSETS_H
#define MP_ASSETS_H

#include "moonpatch/error.h"
#include "vfs/vfs.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct MpAssets MpAssets;
typedef struct MpAsset MpAsset;

/** The content of a file; a zero byte is behind it. */
typedef struct MpAssetFile {
    char *bytes; /**< For free(), or to be taken, which leaves NULL. */
    size_t size;
} MpAssetFile;

typedef struct MpAssetKind {
    size_t limit; /**< Largest file, bytes. */
    /**
     * Makes of a file what `swap` wants, of which `decoded` is then `swap`'s or `discard`'s. NULL:
     * there is nothing to do that takes long.
     * Thread: any, so that nothing of `owner` may be used that changes.
     */
    bool (*decode)(void *owner, const char *path, MpAssetFile *file, void **decoded,
                   MpError *error);
    /** Puts the new content in place of the old, which stays if this fails. Takes `decoded`. */
    bool (*swap)(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error);
    /** Frees what was decoded and is not wanted any more. */
    void (*discard)(void *owner, void *decoded);
    bool is_last; /**< Is swapped after assets of other kinds, which it is made of. */
} MpAssetKind;

/** A member of what is loaded; zero means nothing. Only to be read. */
struct MpAsset {
    const MpAssetKind *kind;
    void *object; /**< What is loaded. */
    void *owner;
    char *path;
    char *source;    /**< Name of the mount that the content came from; see MpVfsStat. */
    MpVfsStat tried; /**< The file that was tried last, good or not. */
    struct MpAssetJob *job;
    MpAssets *assets;
    struct MpAsset *next;
};

/** Hears of an asset that was loaded again; or that could not be, for that problem, or NULL. */
typedef void MpAssetHear(void *user, const MpAsset *asset, const MpError *problem);

/**
 * `vfs` is borrowed and must outlive it.
 * Ownership: the caller's, until mp_assets_destroy. Errors: MP_MEMORY, MP_IO.
 */
MpAssets *mp_assets_create(const MpVfs *vfs, MpError *error);

/** Every asset must be finished. Takes NULL. */
void mp_assets_destroy(MpAssets *assets);

/** Where files are read from. */
const MpVfs *mp_assets_vfs(const MpAssets *assets);

/**
 * Loads a file, at once. `object` and `owner` are for the kind's functions.
 * Ownership: `asset` is zero and must stay where it is until mp_asset_finish. After a failure it is
 * zero again.
 * Errors: those of mp_vfs_read and of the kind; MP_MEMORY.
 */
bool mp_asset_load(MpAssets *assets, MpAsset *asset, const MpAssetKind *kind, void *object,
                   void *owner, const char *path, MpError *error);

/**
 * Loads it again, at once, whether its file changed or not.
 * Errors: as mp_asset_load; the asset then keeps what it has.
 */
bool mp_asset_load_again(MpAsset *asset, MpError *error);

/** The asset follows its file no longer. Takes an asset of zeroes. */
void mp_asset_finish(MpAsset *asset);

/** For a `swap` that fails for want of another file: the next check tries again in any case. */
void mp_asset_try_again(MpAsset *asset);

/**
 * Begins to load every asset whose file is another than the one that was tried last: changed, or
 * hidden or uncovered by a mount.
 */
void mp_assets_check(MpAssets *assets);

/**
 * Swaps what is decoded, if nothing else is being decoded; costs nothing when nothing changed.
 * `hear` may be NULL. Call it between frames. Returns how many were replaced.
 */
int mp_assets_poll(MpAssets *assets, MpAssetHear *hear, void *user);

/** Waits until no other thread decodes, and no file is to be looked at again. */
void mp_assets_wait(MpAssets *assets);

#endif
