/*
 * clock/meter.h - where the time of the last frames went, for a graph of it.
 *
 *     mp_meter_begin(meter);
 *     update();
 *     mp_meter_mark(meter, MP_METER_UPDATE);
 *     draw();
 *     mp_meter_mark(meter, MP_METER_DRAW);
 *     mp_meter_end(meter, mp_vm_memory(vm));
 *
 * It differs from run to run: nothing that a game does may depend on it.
 */
#ifndef MP_METER_H
#define MP_METER_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stddef.h>
#include <stdint.h>

/** Frames that are kept. */
enum { MP_METER_FRAMES = 240 };

/** What the time of a frame is spent on. */
typedef enum MpMeterPart {
    MP_METER_PATCHES, /**< Patches and scripts that changed, before the steps. */
    MP_METER_UPDATE,  /**< The scripts' steps, with all that they call. */
    MP_METER_DRAW,    /**< The scripts' drawing, with all that it calls. */
    MP_METER_COLLECT, /**< Garbage of scripts, between two frames. */
    MP_METER_SHOW,    /**< What was drawn comes to the screen. */
    MP_METER_PARTS,
} MpMeterPart;

/** How long the last frames took. */
typedef struct MP_CLASS MP_ROOT(meter) MpMeter {
    MpObject object;
    MP_READONLY double memory; /**< Bytes that scripts held at the end of the last frame. */
    MP_PROPERTY bool
        sampling; /**< Whether to look which share of the time is Lua's, for share(). */
    double begun; /**< When the part that runs began. */
    float parts[MP_METER_FRAMES][MP_METER_PARTS];     /**< Seconds. */
    uint16_t script[MP_METER_FRAMES][MP_METER_PARTS]; /**< How often it was in Lua. */
    uint16_t native[MP_METER_FRAMES][MP_METER_PARTS]; /**< In C that Lua called. */
    uint32_t script_seen, native_seen;                /**< All so far. */
    size_t newest;                                    /**< The frame that runs. */
} MpMeter;

/** Ownership: the caller's, until mp_meter_destroy. Errors: MP_MEMORY. */
MpMeter *mp_meter_create(MpError *error);

/** Takes NULL. */
void mp_meter_destroy(MpMeter *self);

/** A frame begins. */
void mp_meter_begin(MpMeter *self);

/** What ran since the mark before was this part. */
void mp_meter_mark(MpMeter *self, MpMeterPart part);

/**
 * The part that was marked last ran while somebody looked where it was: found in Lua, and in C that
 * Lua called, so often since the game began; see mp_vm_samples().
 */
void mp_meter_note_samples(MpMeter *self, MpMeterPart part, uint32_t script, uint32_t native);

/** The frame is over; `memory` is what scripts hold, bytes. */
void mp_meter_end(MpMeter *self, size_t memory);

/**
 * Milliseconds of a part of a frame: 0 patches, 1 update, 2 draw, 3 collect, 4 show. `frame` is 1
 * for the last one that is over, to 239. 0 for what there is not.
 */
MP_LEAF float mp_meter_read(const MpMeter *self, int frame, int part);

/**
 * Lua's share of the time of a part, from 0 to 1, over all frames that are kept; the rest is C that
 * Lua called. -1 while nothing is known: `sampling` is off, or was switched on a moment ago.
 */
MP_LEAF float mp_meter_share(const MpMeter *self, int part);

#endif
