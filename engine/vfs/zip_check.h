/*
 * vfs/zip_check.h - what an archive must be like before PhysFS sees it.
 *
 * PhysFS believes what an archive says of itself: deep or nested names cost it seconds and
 * gigabytes, overlapping entries turn one megabyte into a thousand, links and odd names lead out
 * of the tree on the systems where archives get unpacked. This check reads the central directory
 * only and accepts plain archives, such as zip -r and every build tool makes.
 *
 * Accepted: one part, no zip64, no encryption, methods "stored" and "deflated"; nothing before,
 * between or behind the parts that belong to the format but a comment; at most
 * MP_ZIP_ENTRY_LIMIT entries of at most MP_ZIP_FILE_LIMIT bytes, MP_ZIP_TOTAL_LIMIT altogether;
 * names of letters, digits, blanks and _ . - + , @ ( ) between single slashes, at most
 * MP_ZIP_NAME_LIMIT bytes and MP_ZIP_DEPTH_LIMIT parts, none of them "." or "..", no two alike
 * when case is ignored; no symbolic links.
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
};

/** Whether the archive is accepted. Errors: MP_FORMAT, MP_LIMIT, MP_REFUSED. Thread: any. */
bool mp_zip_check(const void *data, size_t size, MpError *error);

#endif
