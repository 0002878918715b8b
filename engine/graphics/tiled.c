#include "tiled.gen.h"

#include "graphics/content_json.h"

bool MP_NATIVE(mp_tiled_flag)(const MpTiled *self, const char *name, bool otherwise)
{
    return mp_content_property_flag(self->properties, name, otherwise);
}

double MP_NATIVE(mp_tiled_number)(const MpTiled *self, const char *name, double otherwise)
{
    return mp_content_property_number(self->properties, name, otherwise);
}

const char *MP_NATIVE(mp_tiled_text)(const MpTiled *self, const char *name, const char *otherwise)
{
    return mp_content_property_text(self->properties, name, otherwise);
}
