/*
 * cli/pack_folder.h - the files of a folder that becomes a bundle.
 */
#ifndef MP_CLI_PACK_FOLDER_H
#define MP_CLI_PACK_FOLDER_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct MpPackFile {
    char *name; /* in the archive: "scripts/snow.lua" */
    char *content;
    size_t size;
} MpPackFile;

/* Zero means empty, with the limits of a bundle. */
typedef struct MpPackFolder {
    MpPackFile *files; /* sorted by the bytes of their names */
    size_t count;
    size_t size;   /* of all contents */
    size_t hidden; /* files and folders that were left out: their names begin with a dot */
    size_t most_files, most_bytes; /* 0: those of a bundle */
} MpPackFolder;

/**
 * Reads all files of `path` and the folders below it.
 * Ownership: the caller passes `folder` to mp_pack_folder_finish, also when it fails.
 * Errors: MP_NOT_FOUND, MP_REFUSED for links, pipes and devices, MP_LIMIT, MP_IO, MP_MEMORY.
 */
bool mp_pack_folder_read(MpPackFolder *folder, const char *path, MpError *error);

/** Adds the file or the folder at `path` to those that were read, as `name`. Errors: the same. */
bool mp_pack_folder_add(MpPackFolder *folder, const char *path, const char *name, MpError *error);

/** Adds a content, and takes it, also when it fails. Errors: MP_LIMIT, MP_MEMORY. */
bool mp_pack_folder_put(MpPackFolder *folder, const char *name, char *content, size_t size,
                        MpError *error);

void mp_pack_folder_sort(MpPackFolder *folder);

void mp_pack_folder_finish(MpPackFolder *folder);

#endif
