/*
 * room.h - a room, its heater, and the thermostat that switches it.
 */
#ifndef ROOM_H
#define ROOM_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** A room with a heater. */
typedef struct MP_CLASS Room {
    MpObject object;
    MP_PROPERTY float target;      /**< What the people in it want, degrees Celsius. */
    MP_READONLY float temperature; /**< What it is, degrees Celsius. */
    MP_READONLY bool heating;
} Room;

/** Whether to heat in the next minute. room_step() asks it, in C; a patch may answer. */
MP_METHOD bool room_wants_heat(const Room *self);
/** Lets one minute pass. `outside`: degrees Celsius. */
MP_METHOD void room_step(Room *self, float outside);

/* Not for scripts. An object is known to them from init to finish. */
void room_init(Room *self);
void room_finish(Room *self);

#endif
