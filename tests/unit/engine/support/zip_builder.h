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
    size_t name_length;  /**< 0: up to the zero byte. */
    const char *content; /**< Stored, not deflated; NULL: zeroes, deflated. */
    size_t zeroes;       /**< How many. */
    uint16_t flags;
    uint16_t method;
    uint16_t unix_mode;     /**< Type and rights; 0: not made by Unix. */
    uint32_t declared_size; /**< Instead of the content's. */
    uint32_t packed_size;   /**< The same, for what is in the archive. */
    uint32_t checksum;      /**< Instead of the content's. */
    const char *extra;      /**< Extra field in both headers. */
    size_t extra_size;
    const char *comment; /**< In the directory. */
    size_t comment_size;
    const char *local_name; /**< Instead of `name`, in the header before the data. */
    int local_flags;        /**< These bits are different there. */
    int local_method;       /**< The same, of the method. */
    int local_size;         /**< The same, of the size. */
    int shares_data;        /**< With the entry before. */
    int streamed;           /**< Sizes and checksum follow the content. */
} ZipEntry;

/** The archive; for free(). */
uint8_t *zip_build(const ZipEntry *entries, size_t count, size_t *size);

#endif
