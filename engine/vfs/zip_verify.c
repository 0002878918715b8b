#include "vfs/zip.h"
#include "vfs/zip_check.h"

#define ZLIB_CONST /* it does not write to what it reads */
#include <zlib.h>

enum { PIECE = 16 << 10 };

/* Unpacks a piece at a time, and no more than what the entry says plus one piece. */
static bool inflate_all(z_stream *stream, const MpZipEntry *entry, uLong *crc)
{
    Bytef piece[PIECE];
    int code = Z_OK;
    while (code == Z_OK && stream->total_out <= entry->size) {
        stream->next_out = piece;
        stream->avail_out = PIECE;
        code = inflate(stream, Z_NO_FLUSH);
        *crc = crc32(*crc, piece, PIECE - stream->avail_out);
    }
    return code == Z_STREAM_END && stream->total_out == entry->size && stream->avail_in == 0;
}

static bool verify_deflated(const MpZip *zip, const MpZipEntry *entry, uLong *crc, MpError *error)
{
    z_stream stream = {.next_in = mp_zip_content(zip, entry), .avail_in = entry->packed_size};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        mp_error_set(error, MP_MEMORY, "no memory to unpack it");
        return false;
    }
    bool good = inflate_all(&stream, entry, crc);
    inflateEnd(&stream);
    if (!good)
        mp_zip_refuse(entry, error, MP_FORMAT,
                      "is damaged: it does not unpack to the %u bytes that it says",
                      (unsigned)entry->size);
    return good;
}

static bool verify(const MpZip *zip, const MpZipEntry *entry, MpError *error)
{
    uLong crc = crc32(0, NULL, 0);
    if (entry->method == MP_ZIP_STORED)
        crc = crc32(crc, mp_zip_content(zip, entry), entry->size);
    else if (!verify_deflated(zip, entry, &crc, error))
        return false;
    if (crc != entry->crc)
        return mp_zip_refuse(entry, error, MP_FORMAT,
                             "is damaged: its content does not fit its checksum");
    return true;
}

bool mp_zip_verify(const void *data, size_t size, MpError *error)
{
    MpZip zip;
    MpZipEntry entry;
    if (!mp_zip_open(&zip, data, size, error))
        return false;
    for (size_t at = 0; mp_zip_next(&zip, &at, &entry);) {
        if (!verify(&zip, &entry, error))
            return false;
    }
    return true;
}
