#include "support/zip_builder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef struct Buffer {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
} Buffer;

static void put(Buffer *buffer, const void *data, size_t size)
{
    if (buffer->size + size >= buffer->capacity) {
        buffer->capacity = 2 * (buffer->size + size) + 64;
        buffer->bytes = realloc(buffer->bytes, buffer->capacity);
        cr_assert(buffer->bytes);
    }
    memcpy(buffer->bytes + buffer->size, data, size);
    buffer->size += size;
}

static void put16(Buffer *buffer, unsigned value)
{
    const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8)};
    put(buffer, bytes, sizeof bytes);
}

static void put32(Buffer *buffer, uint32_t value)
{
    put16(buffer, value & 0xFFFF);
    put16(buffer, value >> 16);
}

static void put_text(Buffer *buffer, const char *text) { put(buffer, text, strlen(text)); }

/* What both headers have in common: flags to the length of the extra field. */
static void put_common(Buffer *buffer, const ZipEntry *entry, const char *name)
{
    uint32_t size = (uint32_t)strlen(entry->content);
    put16(buffer, entry->flags);
    put16(buffer, entry->method);
    put32(buffer, 0); /* time: 1980 */
    put32(buffer, 0); /* the checksum, which nobody looks at */
    put32(buffer, entry->packed_size ? entry->packed_size : size);
    put32(buffer, entry->declared_size ? entry->declared_size : size);
    put16(buffer, (unsigned)strlen(name));
    put16(buffer, 0);
}

static void put_local(Buffer *buffer, const ZipEntry *entry)
{
    const char *name = entry->local_name ? entry->local_name : entry->name;
    put32(buffer, 0x04034b50);
    put16(buffer, 20);
    put_common(buffer, entry, name);
    put_text(buffer, name);
    put_text(buffer, entry->content);
}

static void put_central(Buffer *buffer, const ZipEntry *entry, uint32_t start)
{
    put32(buffer, 0x02014b50);
    put16(buffer, entry->unix_mode ? 0x0314 : 20);
    put16(buffer, 20);
    put_common(buffer, entry, entry->name);
    put16(buffer, 0);
    put16(buffer, 0);
    put16(buffer, 0);
    put32(buffer, (uint32_t)entry->unix_mode << 16);
    put32(buffer, start);
    put_text(buffer, entry->name);
}

uint8_t *zip_build(const ZipEntry *entries, size_t count, size_t *size)
{
    Buffer archive = {0};
    Buffer directory = {0};
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        if (!entries[i].shares_data) {
            start = (uint32_t)archive.size;
            put_local(&archive, &entries[i]);
        }
        put_central(&directory, &entries[i], start);
    }
    uint32_t directory_start = (uint32_t)archive.size;
    put(&archive, directory.bytes ? directory.bytes : (const uint8_t *)"", directory.size);
    put32(&archive, 0x06054b50);
    put32(&archive, 0);
    put16(&archive, (unsigned)count);
    put16(&archive, (unsigned)count);
    put32(&archive, (uint32_t)directory.size);
    put32(&archive, directory_start);
    put16(&archive, 0);
    free(directory.bytes);
    *size = archive.size;
    /* Exactly as large as it says, so that a sanitizer sees reads beyond the end. */
    return realloc(archive.bytes, archive.size);
}
