/*
 * moonpatch/glue_event.h - the part of glue.h about events.
 */
#ifndef MOONPATCH_GLUE_EVENT_H
#define MOONPATCH_GLUE_EVENT_H

#include "moonpatch/glue_call.h"

/**
 * The body of an event calls every VM where scripts listen, in the shape of mp_call_next():
 *
 *     for (MpCall call = {.slot = &slot}; mp_event_next(&call);) {
 *         push the arguments on call.L
 *         mp_event_run(&call, arguments);
 *         if (mp_event_over(&call, objects, count))
 *             return;
 *     }
 */
bool mp_event_next(MpCall *call);
void mp_event_run(MpCall *call, int arguments);

/** Whether one of the objects that C called with died meanwhile: then nobody else hears of it. */
bool mp_event_over(MpCall *call, const MpHandle *objects, int count);

#endif
