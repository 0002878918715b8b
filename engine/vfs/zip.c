#include "vfs/zip.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    END_SIZE = 22,
    COMMENT_LIMIT = 65535,
    ZIP64_LOCATOR_SIZE = 20,
    CENTRAL_SIZE = 46,
    LOCAL_SIZE = 30,
    QUOTE_LIMIT = 100, /* of a name in a message */
};

static const uint32_t END_MARK = 0x06054b50, ZIP64_MARK = 0x07064b50, CENTRAL_MARK = 0x02014b50;

/* The record at the end, which a comment may follow. Readers differ in which one they take when
   there are several; here the last must be it. */
static const uint8_t *find_end(const MpZip *zip)
{
    for (size_t tail = END_SIZE; tail <= zip->size && tail <= END_SIZE + COMMENT_LIMIT; tail++) {
        const uint8_t *record = zip->data + zip->size - tail;
        if (mp_zip_u32(record) == END_MARK)
            return mp_zip_u16(record + 20) == tail - END_SIZE ? record : NULL;
    }
    return NULL;
}

static bool has_zip64(const MpZip *zip, const uint8_t *end)
{
    return end - zip->data >= ZIP64_LOCATOR_SIZE &&
           mp_zip_u32(end - ZIP64_LOCATOR_SIZE) == ZIP64_MARK;
}

bool mp_zip_open(MpZip *zip, const void *data, size_t size, MpError *error)
{
    *zip = (MpZip){.data = data, .size = size};
    const uint8_t *end = find_end(zip);
    const char *problem = NULL;
    MpStatus status = MP_FORMAT;
    if (!end) {
        problem = "it is not a zip archive, or it is cut short";
    } else if (has_zip64(zip, end)) {
        status = MP_REFUSED;
        problem = "it is in the zip64 form, which is for archives of more than 4 GB";
    } else {
        zip->count = mp_zip_u16(end + 10);
        zip->directory = mp_zip_u32(end + 16);
        zip->directory_end = (size_t)(end - zip->data);
        if (mp_zip_u16(end + 4) || mp_zip_u16(end + 6) || mp_zip_u16(end + 8) != zip->count) {
            status = MP_REFUSED;
            problem = "it is one of several parts";
        } else if (zip->directory > zip->directory_end ||
                   mp_zip_u32(end + 12) != zip->directory_end - zip->directory) {
            problem = "its directory is not where it should be";
        }
    }
    if (problem)
        mp_error_set(error, status, "%s", problem);
    return !problem;
}

bool mp_zip_next(const MpZip *zip, size_t *at, MpZipEntry *entry)
{
    const uint8_t *central = zip->data + zip->directory + *at;
    size_t left = zip->directory_end - zip->directory - *at;
    if (left < CENTRAL_SIZE || mp_zip_u32(central) != CENTRAL_MARK)
        return false;
    size_t name_length = mp_zip_u16(central + 28), extra_length = mp_zip_u16(central + 30);
    size_t length = CENTRAL_SIZE + name_length + extra_length + mp_zip_u16(central + 32);
    if (left < length)
        return false;
    *entry = (MpZipEntry){
        .name = (const char *)central + CENTRAL_SIZE,
        .name_length = name_length,
        .extra = central + CENTRAL_SIZE + name_length,
        .extra_length = extra_length,
        .start = mp_zip_u32(central + 42),
        .part = mp_zip_u16(central + 34),
        .version = mp_zip_u16(central + 6),
        .flags = mp_zip_u16(central + 8),
        .method = mp_zip_u16(central + 10),
        .crc = mp_zip_u32(central + 16),
        .packed_size = mp_zip_u32(central + 20),
        .size = mp_zip_u32(central + 24),
        .mode = mp_zip_u16(central + 40),
    };
    *at += length;
    return true;
}

bool mp_zip_find(const MpZip *zip, const char *name, MpZipEntry *entry)
{
    size_t length = strlen(name);
    for (size_t at = 0; mp_zip_next(zip, &at, entry);) {
        if (entry->name_length == length && memcmp(entry->name, name, length) == 0)
            return true;
    }
    return false;
}

const uint8_t *mp_zip_content(const MpZip *zip, const MpZipEntry *entry)
{
    const uint8_t *local = zip->data + entry->start;
    return local + LOCAL_SIZE + mp_zip_u16(local + 26) + mp_zip_u16(local + 28);
}

bool mp_zip_is_folder(const MpZipEntry *entry)
{
    return entry->name_length && entry->name[entry->name_length - 1] == '/';
}

/* Bytes that are not printable are shown as \xNN. */
static void quote(char *text, const MpZipEntry *entry)
{
    size_t length = 0;
    for (size_t i = 0; i < entry->name_length; i++) {
        unsigned char c = (unsigned char)entry->name[i];
        if (length > QUOTE_LIMIT) {
            strcpy(text + length, "...");
            return;
        }
        length += (size_t)sprintf(text + length, c >= 0x20 && c < 0x7F ? "%c" : "\\x%02X", c);
    }
    text[length] = '\0';
}

bool mp_zip_refuse(const MpZipEntry *entry, MpError *error, MpStatus status, const char *reason,
                   ...)
{
    char name[QUOTE_LIMIT + 16], text[MP_ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, reason);
    vsnprintf(text, sizeof text, reason, arguments);
    va_end(arguments);
    quote(name, entry);
    mp_error_set(error, status, "its entry '%s' %s", name, text);
    return false;
}
