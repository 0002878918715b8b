/*
 * object_table.h - where handles lead: one process-wide array of {object, generation}.
 *
 * The array is reserved once at its full size, so its base never moves and the FFI half of the
 * bridge can hold it as a constant. Places are recycled; a generation counts their tenants. Its
 * layout is in moonpatch/glue.h.
 */
#ifndef MP_OBJECT_TABLE_H
#define MP_OBJECT_TABLE_H

#include "moonpatch/glue.h"

/**
 * Visits all live objects, in the order of their places. Other threads cannot create or destroy
 * any meanwhile, nor may `visit`. Thread: any.
 */
void mp_object_table_visit(void (*visit)(void *user, const MpObject *object), void *user);

/** Reserves the array unless that was done. False: the system refused. */
bool mp_object_table_open(void);

#endif
