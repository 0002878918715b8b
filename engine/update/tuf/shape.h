/*
 * update/tuf/shape.h - whether a parsed document has the members that its kind of metadata needs.
 */
#ifndef MP_TUF_SHAPE_H
#define MP_TUF_SHAPE_H

#include "update/tuf/metadata.h"

/**
 * Looks at `signed` and `signatures` of a document; `role` is its name for the message.
 * Errors: MP_FORMAT, with the place and what belongs there. Thread: any.
 */
bool mp_tuf_shape_check(MpTufKind kind, const char *role, const json_t *document, MpError *error);

#endif
