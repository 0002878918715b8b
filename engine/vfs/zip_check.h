/*
 * vfs/zip_check.h - what an archive must be like before PhysFS sees it.
 *
 * PhysFS believes what an archive says of itself: deep or nested names cost it seconds and
 * gigabytes, overlapping entries turn one megabyte into a thousand, links and odd names lead out
 * of the tree on the systems where archives get unpacked. This check reads the central directory
 * and the local headers, and accepts plain archives, such as zip -r and every build tool makes.
 *
 * Accepted: one part, no zip64, no encryption, methods "stored" and "deflated"; headers and
 * directory that say the same; nothing before, between or behind the parts that belong to the
 * format but a comment at the end; at most MP_ZIP_ENTRY_LIMIT files and folders, of at most
 * MP_ZIP_FILE_LIMIT bytes, MP_ZIP_TOTAL_LIMIT altogether, and MP_ZIP_RATIO_LIMIT times what they
 * take in the archive; names of letters, digits, blanks and _ . - + , @ ( ) between single slashes,
 * at most MP_ZIP_NAME_LIMIT bytes and MP_ZIP_DEPTH_LIMIT parts, that mean the same file on every
 * system; nothing but files and folders. Messages name the first entry that is otherwise.
 */
#ifndef MP_ZIP_CHECK_H
#define MP_ZIP_CHECK_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MP_ZIP_ENTRY_LIMIT = 4096,
    MP_ZIP_NAME_LIMIT = 240,
    MP_ZIP_DEPTH_LIMIT = 16,
    MP_ZIP_FILE_LIMIT = 64 << 20,
    MP_ZIP_TOTAL_LIMIT = 512 << 20,
    MP_ZIP_RATIO_LIMIT = 100,
    MP_ZIP_RATIO_FROM = 1 << 20, /**< Up to so many bytes, any ratio is harmless. */
};

/**
 * Whether the archive is accepted. Unpacks nothing: less than a millisecond for a thousand entries.
 * Errors: MP_FORMAT, MP_LIMIT, MP_REFUSED, MP_MEMORY. Thread: any.
 */
bool mp_zip_check(const void *data, size_t size, MpError *error);

/**
 * Whether every file in an archive that mp_zip_check accepted unpacks to the size and the checksum
 * that it says. Unpacks everything, a piece at a time: 3 ms per megabyte, or 0.2 if it is stored.
 * Errors: MP_FORMAT, MP_MEMORY. Thread: any.
 */
bool mp_zip_verify(const void *data, size_t size, MpError *error);

#endif
