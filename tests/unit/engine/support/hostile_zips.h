/*
 * support/hostile_zips.h - archives that must be refused, and in which words.
 *
 *     for (size_t i = 0; i < hostile_zip_count; i++) {
 *         size_t size;
 *         uint8_t *bytes = hostile_zip_build(&hostile_zips[i], &size);
 *         ...
 *         free(bytes);
 *     }
 */
#ifndef TEST_HOSTILE_ZIPS_H
#define TEST_HOSTILE_ZIPS_H

#include "support/zip_builder.h"

enum { HOSTILE_ENTRIES = 4 };

/** One archive: `entries`, or what `build` makes; then changed by `spoil`. */
typedef struct HostileZip {
    const char *file;  /**< A name for it. */
    const char *words; /**< What the message has: the entry's name, and the reason. */
    ZipEntry entries[HOSTILE_ENTRIES];
    uint8_t *(*build)(size_t *size);
    uint8_t *(*spoil)(uint8_t *bytes, size_t *size);
} HostileZip;

extern const HostileZip hostile_zips[];
extern const size_t hostile_zip_count;

/** Its bytes; for free(). */
uint8_t *hostile_zip_build(const HostileZip *zip, size_t *size);

#endif
