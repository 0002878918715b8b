#include "vfs/zip_check.h"

#include "vfs/zip.h"
#include "vfs/zip_layout.h"
#include "vfs/zip_name.h"

#include <stdlib.h>

enum {
    UNIX_FILE = 0100000,
    UNIX_FOLDER = 0040000,
    UNIX_LINK = 0120000,
    UNIX_TYPE = 0170000,
};

static bool check_type(const MpZipEntry *entry, MpError *error)
{
    uint32_t type = entry->mode & UNIX_TYPE;
    if (type == UNIX_LINK)
        return mp_zip_refuse(entry, error, MP_REFUSED, "is a symbolic link");
    if (type && type != UNIX_FILE && type != UNIX_FOLDER)
        return mp_zip_refuse(entry, error, MP_REFUSED, "is a device, a pipe or a socket");
    if (type && (type == UNIX_FOLDER) != mp_zip_is_folder(entry))
        return mp_zip_refuse(entry, error, MP_FORMAT, "is a file and a folder at once");
    if (mp_zip_is_folder(entry) && entry->size)
        return mp_zip_refuse(entry, error, MP_FORMAT, "is a folder with content");
    return true;
}

static bool check_packing(const MpZipEntry *entry, MpError *error)
{
    if (entry->flags & MP_ZIP_ENCRYPTED)
        return mp_zip_refuse(entry, error, MP_REFUSED, "is encrypted");
    if (entry->method != MP_ZIP_STORED && entry->method != MP_ZIP_DEFLATED)
        return mp_zip_refuse(entry, error, MP_REFUSED,
                             "is neither stored nor deflated, but packed by method %u",
                             (unsigned)entry->method);
    if (entry->method == MP_ZIP_STORED && entry->packed_size != entry->size)
        return mp_zip_refuse(entry, error, MP_FORMAT, "is stored with two sizes");
    return true;
}

/* 64 bits hold the product of any two sizes of the format. */
static bool is_bomb(uint64_t size, uint64_t packed_size)
{
    return size > MP_ZIP_RATIO_FROM && size > packed_size * MP_ZIP_RATIO_LIMIT;
}

static bool check_size(const MpZipEntry *entry, MpError *error)
{
    if (entry->size > MP_ZIP_FILE_LIMIT)
        return mp_zip_refuse(entry, error, MP_LIMIT, "is larger than %d MB",
                             MP_ZIP_FILE_LIMIT >> 20);
    if (is_bomb(entry->size, entry->packed_size))
        return mp_zip_refuse(entry, error, MP_LIMIT,
                             "unpacks to more than %d times its size: store it, if that is meant",
                             MP_ZIP_RATIO_LIMIT);
    return true;
}

static bool check_total(const MpZip *zip, uint64_t total, MpError *error)
{
    if (total > MP_ZIP_TOTAL_LIMIT)
        mp_error_set(error, MP_LIMIT, "it unpacks to more than %d MB", MP_ZIP_TOTAL_LIMIT >> 20);
    else if (is_bomb(total, zip->size))
        mp_error_set(error, MP_LIMIT, "it unpacks to more than %d times its size",
                     MP_ZIP_RATIO_LIMIT);
    else
        return true;
    return false;
}

static bool read_entries(const MpZip *zip, MpZipEntry *entries, MpError *error)
{
    size_t at = 0;
    uint64_t total = 0;
    for (size_t i = 0; i < zip->count; i++) {
        MpZipEntry *entry = &entries[i];
        if (!mp_zip_next(zip, &at, entry)) {
            mp_error_set(error, MP_FORMAT, "its directory is broken behind %zu of %zu entries", i,
                         zip->count);
            return false;
        }
        if (!mp_zip_check_name(entry, error) || !check_type(entry, error) ||
            !check_packing(entry, error) || !check_size(entry, error))
            return false;
        total += entry->size;
    }
    if (at != zip->directory_end - zip->directory) {
        mp_error_set(error, MP_FORMAT, "its directory holds more than the %zu entries it says",
                     zip->count);
        return false;
    }
    return check_total(zip, total, error);
}

bool mp_zip_check(const void *data, size_t size, MpError *error)
{
    MpZip zip;
    if (!mp_zip_open(&zip, data, size, error))
        return false;
    if (zip.count == 0 || zip.count > MP_ZIP_ENTRY_LIMIT) {
        if (zip.count)
            mp_error_set(error, MP_LIMIT, "it has more than %d entries", MP_ZIP_ENTRY_LIMIT);
        else
            mp_error_set(error, MP_FORMAT, "it holds no files");
        return false;
    }
    MpZipEntry *entries = calloc(zip.count, sizeof *entries);
    if (!entries) {
        mp_error_set(error, MP_MEMORY, "no memory to check it");
        return false;
    }
    bool good = read_entries(&zip, entries, error) &&
                mp_zip_check_layout(&zip, entries, zip.count, error) &&
                mp_zip_check_tree(entries, zip.count, MP_ZIP_ENTRY_LIMIT, error);
    free(entries);
    return good;
}
