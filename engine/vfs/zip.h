/*
 * vfs/zip.h - the central directory of a zip archive that is in memory.
 *
 *     MpZip zip;
 *     MpZipEntry entry;
 *     if (mp_zip_open(&zip, data, size, &error))
 *         for (size_t at = 0; mp_zip_next(&zip, &at, &entry);)
 *             printf("%.*s\n", (int)entry.name_length, entry.name);
 *
 * What an entry says is not to be believed before mp_zip_check (zip_check.h) accepted the archive.
 *
 * Thread: any.
 */
#ifndef MP_VFS_ZIP_H
#define MP_VFS_ZIP_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MP_ZIP_STORED = 0, MP_ZIP_DEFLATED = 8 };

/** Where the directory is. Points into the archive, which must outlive it. */
typedef struct MpZip {
    const uint8_t *data;
    size_t size;
    size_t directory;     /**< Offset of its first byte. */
    size_t directory_end; /**< And behind its last. */
    size_t count;         /**< Entries that the archive says it has. */
} MpZip;

/** What the directory says of one file or folder. Points into the archive. */
typedef struct MpZipEntry {
    const char *name; /**< Not terminated; of a folder, it ends with a slash. */
    size_t name_length;
    const uint8_t *extra;
    size_t extra_length;
    size_t start; /**< Offset of its local header. */
    uint32_t part;
    uint32_t version; /**< Of the format, needed to unpack it. */
    uint32_t flags;
    uint32_t method;
    uint32_t crc;
    uint32_t packed_size;
    uint32_t size;
    uint32_t mode; /**< File type and rights of Unix; 0: the archive does not say. */
} MpZipEntry;

/** Finds the directory. Errors: MP_FORMAT, MP_REFUSED. */
bool mp_zip_open(MpZip *zip, const void *data, size_t size, MpError *error);

/**
 * Reads the entry at `*at`, 0 being the first, and moves it to the next. False, and `*at` left, at
 * the end or at what is no entry; `*at` is the length of the directory at its proper end only.
 */
bool mp_zip_next(const MpZip *zip, size_t *at, MpZipEntry *entry);

/** Looks an entry up by its exact name; false if there is none. */
bool mp_zip_find(const MpZip *zip, const char *name, MpZipEntry *entry);

/** The packed bytes of an entry of an archive that mp_zip_check accepted. */
const uint8_t *mp_zip_content(const MpZip *zip, const MpZipEntry *entry);

/** Whether the entry is a folder. */
bool mp_zip_is_folder(const MpZipEntry *entry);

/**
 * Fills `error` with "its entry '<name>' <reason>", the name cut and made printable. Returns false.
 */
bool mp_zip_refuse(const MpZipEntry *entry, MpError *error, MpStatus status, const char *reason,
                   ...) MP_PRINTF(4, 5);

/* The format's numbers are little-endian. */
static inline uint32_t mp_zip_u16(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8;
}

static inline uint32_t mp_zip_u32(const uint8_t *bytes)
{
    return mp_zip_u16(bytes) | mp_zip_u16(bytes + 2) << 16;
}

#endif
