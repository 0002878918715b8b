/*
 * json/parts.h - how an MpJson ends what it has begun.
 */
#ifndef MP_JSON_PARTS_H
#define MP_JSON_PARTS_H

#include "json/json.h"

/** Frees the text that is walked through. */
void mp_json_end_walk(MpJson *self);

/** Frees what was put. */
void mp_json_end_writing(MpJson *self);

#endif
