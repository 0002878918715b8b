/*
 * support/zip_builder.h - makes zip archives, good ones and others.
 */
#ifndef TEST_ZIP_BUILDER_H
#define TEST_ZIP_BUILDER_H

#include <stddef.h>
#include <stdint.h>

/** One file. Members that are zero are as they should be. */
typedef struct ZipEntry {
    const char *name;
    const char *content; /**< Stored, not deflated. */
    uint16_t flags;
    uint16_t method;
    uint16_t unix_mode;     /**< Type and rights; 0: not made by Unix. */
    uint32_t declared_size; /**< Instead of the content's. */
    uint32_t packed_size;   /**< The same, for what is in the archive. */
    const char *local_name; /**< Instead of `name`, in the header before the data. */
    int shares_data;        /**< With the entry before. */
} ZipEntry;

/** The archive; for free(). */
uint8_t *zip_build(const ZipEntry *entries, size_t count, size_t *size);

#endif
