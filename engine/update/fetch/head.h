/*
 * update/fetch/head.h - what the headers of an answer say that curl does not look at.
 *
 *     MpHead head = {0};
 *     mp_head_read(&head, "ETag: \"a\"\r\n", 11);
 */
#ifndef MP_UPDATE_HEAD_H
#define MP_UPDATE_HEAD_H

#include "update/fetch/fetch.h"

typedef struct MpHead {
    size_t size; /* bytes of all headers, those of redirects too */
    char etag[MP_FETCH_ETAG_SIZE];
    char modified[MP_FETCH_DATE_SIZE], date[MP_FETCH_DATE_SIZE]; /* as they are written */
    bool is_encoded; /* the body is not what it stands for: compressed, or worse */
    bool has_range;
    uint64_t range_start;
    uint64_t range_whole; /* 0: not said */
} MpHead;

/** Whether it was changed last so long before the answer that another change would show. */
bool mp_head_is_settled(const MpHead *head);

/** Reads one line; a status line begins anew. False when there were too many bytes. */
bool mp_head_read(MpHead *head, const char *line, size_t length);

#endif
