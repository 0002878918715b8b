#include "json.gen.h"

#include "json/parts.h"

#include <stdlib.h>

MpJson *mp_json_create(MpError *error)
{
    MpJson *self = calloc(1, sizeof *self);
    if (self)
        mp_object_init(&self->object, &mp_class_MpJson);
    else
        mp_error_set(error, MP_MEMORY, "no memory for JSON");
    return self;
}

void mp_json_destroy(MpJson *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_json_end_walk(self);
    mp_json_end_writing(self);
    free(self->written);
    free(self);
}
