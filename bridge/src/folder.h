/*
 * folder.h - scripts and patches from plain folders, for hosts that have no files of their own.
 *
 * The folders are looked at again and again. A change counts when the file looked the same
 * twice in a row, so that one which is still being written is left alone.
 */
#ifndef MP_FOLDER_H
#define MP_FOLDER_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MpVm MpVm;

/** A file of the patch folder by its stamps; 0: it is not there. */
typedef struct MpPatchFile {
    char *name;
    uint64_t before;  /**< At the look before the last one. */
    uint64_t now;     /**< At the last look. */
    uint64_t applied; /**< Of the content that the VM has. */
} MpPatchFile;

/** What is known of a patch folder. Zero means: nothing yet. */
typedef struct MpPatchFolder {
    MpPatchFile *files; /**< The first `known` ones sorted by name. */
    size_t known;       /**< Before the look that is going on. */
    size_t count;       /**< With the new ones. */
    uint64_t looked;    /**< When; 0: never. */
    bool complained;    /**< That it cannot be listed. */
} MpPatchFolder;

/**
 * Looks at the folder at `path`, if the last look was a while ago, and applies to `vm` what
 * changed. The first look applies all there is.
 */
void mp_patch_folder_step(MpPatchFolder *folder, MpVm *vm, const char *path);

/** Frees what is known. */
void mp_patch_folder_finish(MpPatchFolder *folder);

/** What is known of the files of loaded modules. Zero means: nothing yet. */
typedef struct MpScriptFolder {
    uint64_t before; /**< All their stamps in one, at the last look. */
    uint64_t loaded; /**< When they were compared with what is loaded. */
    uint64_t looked; /**< When; 0: never. */
} MpScriptFolder;

/** Looks at the files of loaded modules below `path`, if the last look was a while ago, and
 * reloads what changed. */
void mp_script_folder_step(MpScriptFolder *folder, MpVm *vm, const char *path);

/** Reads a script `path` below `folder`; as MpVmOptions.read does. */
char *mp_folder_read(const char *folder, const char *path, size_t *size, MpError *error);

#endif
