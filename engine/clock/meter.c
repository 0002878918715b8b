#include "meter.gen.h"

#include "clock/clock.h"

#include <stdlib.h>
#include <string.h>

MpMeter *mp_meter_create(MpError *error)
{
    MpMeter *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for the meter");
        return NULL;
    }
    mp_object_init(&self->object, &mp_class_MpMeter);
    return self;
}

void mp_meter_destroy(MpMeter *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    free(self);
}

void mp_meter_begin(MpMeter *self)
{
    memset(self->parts[self->newest], 0, sizeof self->parts[self->newest]);
    memset(self->script[self->newest], 0, sizeof self->script[self->newest]);
    memset(self->native[self->newest], 0, sizeof self->native[self->newest]);
    self->begun = mp_clock_seconds();
}

void mp_meter_mark(MpMeter *self, MpMeterPart part)
{
    double now = mp_clock_seconds();
    self->parts[self->newest][part] += (float)(now - self->begun);
    self->begun = now;
}

void mp_meter_note_samples(MpMeter *self, MpMeterPart part, uint32_t script, uint32_t native)
{
    self->script[self->newest][part] += (uint16_t)(script - self->script_seen);
    self->native[self->newest][part] += (uint16_t)(native - self->native_seen);
    self->script_seen = script;
    self->native_seen = native;
}

void mp_meter_end(MpMeter *self, size_t memory)
{
    self->memory = (double)memory;
    self->newest = (self->newest + 1) % MP_METER_FRAMES;
}

float MP_NATIVE(mp_meter_read)(const MpMeter *self, int frame, int part)
{
    if (frame < 1 || frame >= MP_METER_FRAMES || part < 0 || part >= MP_METER_PARTS)
        return 0;
    size_t index = (self->newest + MP_METER_FRAMES - (size_t)frame) % MP_METER_FRAMES;
    return self->parts[index][part] * 1e3f;
}

float MP_NATIVE(mp_meter_share)(const MpMeter *self, int part)
{
    unsigned script = 0, native = 0;
    if (part < 0 || part >= MP_METER_PARTS)
        return -1;
    for (int i = 0; i < MP_METER_FRAMES; i++) {
        script += self->script[i][part];
        native += self->native[i][part];
    }
    return script + native ? (float)script / (float)(script + native) : -1;
}
