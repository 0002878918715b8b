/*
 * patches/format.h - the journal as text: a line with a checksum, then JSON.
 *
 *     moonpatch-journal 1 <SHA-256 of what follows the line>
 *     {"generation": 7, "boot": {...}, "patches": [...], ...}
 *
 * Any flipped bit and any missing byte is noticed. Tools read it with `moonpatch status --json`.
 */
#ifndef MP_PATCHES_FORMAT_H
#define MP_PATCHES_FORMAT_H

#include "moonpatch/error.h"
#include "patches/content.h"

#include <jansson.h>

/** Larger texts are no journals, bytes. */
enum { MP_FORMAT_SIZE_LIMIT = 32 << 20 };

/**
 * Ownership: the caller frees the text with free(). `size` is without its terminating zero.
 * Errors: NULL without memory.
 * Thread: any.
 */
char *mp_format_encode(const MpJournalContent *content, size_t *size);

/**
 * Reads a journal, whoever wrote it.
 * Ownership: the caller passes `content` to mp_content_finish() when this succeeded.
 * Errors: false; MP_FORMAT says what is wrong, MP_MEMORY.
 * Thread: any.
 */
bool mp_format_decode(const char *text, size_t size, MpJournalContent *content, MpError *error);

/** The content as JSON, for the caller's json_decref(); NULL without memory. Thread: any. */
json_t *mp_format_json(const MpJournalContent *content);

/** The content of such JSON; as mp_format_decode(). */
bool mp_format_from_json(const json_t *root, MpJournalContent *content, MpError *error);

/** "2026-01-31T12:00:00Z". `text` has room for 21 bytes. Thread: any. */
void mp_format_time(int64_t time, char text[21]);

#endif
