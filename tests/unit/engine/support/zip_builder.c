#include "support/zip_builder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

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

/* An entry, and its content as it is in the archive. */
typedef struct Packed {
    const ZipEntry *entry;
    Buffer content;
    uint32_t size; /* when unpacked */
    uint32_t checksum;
} Packed;

static void deflate_zeroes(Buffer *buffer, size_t count, uint32_t *checksum)
{
    static Bytef zeroes[1 << 16];
    Bytef piece[1 << 12];
    z_stream stream = {0};
    cr_assert_eq(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    uLong crc = crc32(0, NULL, 0);
    for (int code = Z_OK; code == Z_OK;) {
        if (stream.avail_in == 0) {
            stream.next_in = zeroes;
            stream.avail_in = (uInt)(count < sizeof zeroes ? count : sizeof zeroes);
            crc = crc32(crc, zeroes, stream.avail_in);
            count -= stream.avail_in;
        }
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        code = deflate(&stream, count ? Z_NO_FLUSH : Z_FINISH);
        put(buffer, piece, sizeof piece - stream.avail_out);
    }
    deflateEnd(&stream);
    *checksum = (uint32_t)crc;
}

static Packed pack(const ZipEntry *entry)
{
    Packed packed = {.entry = entry};
    if (entry->content) {
        put_text(&packed.content, entry->content);
        packed.size = (uint32_t)packed.content.size;
        packed.checksum = (uint32_t)crc32(0, packed.content.bytes, packed.size);
    } else {
        packed.size = (uint32_t)entry->zeroes;
        deflate_zeroes(&packed.content, entry->zeroes, &packed.checksum);
    }
    return packed;
}

/* Checksum and sizes, with the lies of the entry. */
static void put_sizes(Buffer *buffer, const Packed *packed, uint32_t difference)
{
    const ZipEntry *entry = packed->entry;
    put32(buffer, entry->checksum ? entry->checksum : packed->checksum);
    put32(buffer, entry->packed_size ? entry->packed_size : (uint32_t)packed->content.size);
    put32(buffer, (entry->declared_size ? entry->declared_size : packed->size) + difference);
}

static size_t name_length(const ZipEntry *entry)
{
    return entry->name_length ? entry->name_length : strlen(entry->name);
}

static unsigned method_of(const ZipEntry *entry)
{
    return entry->method || entry->content ? entry->method : 8;
}

static unsigned flags_of(const ZipEntry *entry)
{
    return entry->flags | (entry->streamed ? 1u << 3 : 0);
}

static void put_local(Buffer *buffer, const Packed *packed)
{
    const ZipEntry *entry = packed->entry;
    const char *name = entry->local_name ? entry->local_name : entry->name;
    size_t length = entry->local_name ? strlen(name) : name_length(entry);
    put32(buffer, 0x04034b50);
    put16(buffer, 20);
    put16(buffer, flags_of(entry) ^ (unsigned)entry->local_flags);
    put16(buffer, method_of(entry) ^ (unsigned)entry->local_method);
    put32(buffer, 0); /* time: 1980 */
    if (entry->streamed)
        put(buffer, (const uint8_t[12]){0}, 12);
    else
        put_sizes(buffer, packed, (uint32_t)entry->local_size);
    put16(buffer, (unsigned)length);
    put16(buffer, (unsigned)entry->extra_size);
    put(buffer, name, length);
    put(buffer, entry->extra ? entry->extra : "", entry->extra_size);
    put(buffer, packed->content.bytes ? packed->content.bytes : (const uint8_t *)"",
        packed->content.size);
    if (entry->streamed) {
        put32(buffer, 0x08074b50);
        put_sizes(buffer, packed, 0);
    }
}

static void put_central(Buffer *buffer, const Packed *packed, uint32_t start)
{
    const ZipEntry *entry = packed->entry;
    put32(buffer, 0x02014b50);
    put16(buffer, entry->unix_mode ? 0x0314 : 20);
    put16(buffer, 20);
    put16(buffer, flags_of(entry));
    put16(buffer, method_of(entry));
    put32(buffer, 0);
    put_sizes(buffer, packed, 0);
    put16(buffer, (unsigned)name_length(entry));
    put16(buffer, (unsigned)entry->extra_size);
    put16(buffer, (unsigned)entry->comment_size);
    put16(buffer, 0);
    put16(buffer, 0);
    put32(buffer, (uint32_t)entry->unix_mode << 16);
    put32(buffer, start);
    put(buffer, entry->name, name_length(entry));
    put(buffer, entry->extra ? entry->extra : "", entry->extra_size);
    put(buffer, entry->comment ? entry->comment : "", entry->comment_size);
}

uint8_t *zip_build(const ZipEntry *entries, size_t count, size_t *size)
{
    Buffer archive = {0};
    Buffer directory = {0};
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        Packed packed = pack(&entries[i]);
        if (!entries[i].shares_data) {
            start = (uint32_t)archive.size;
            put_local(&archive, &packed);
        }
        put_central(&directory, &packed, start);
        free(packed.content.bytes);
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
