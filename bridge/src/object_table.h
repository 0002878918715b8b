/*
 * object_table.h - where handles lead: one process-wide array of {object, generation}.
 *
 * The array is reserved once at its full size, so its base never moves and the FFI half of the
 * bridge can hold it as a constant. Places are recycled; a generation counts their tenants.
 */
#ifndef MP_OBJECT_TABLE_H
#define MP_OBJECT_TABLE_H

#include "moonpatch/object.h"

/** One place. bridge/lua/object.lua declares the same layout to the FFI. */
typedef struct MpObjectEntry {
    MpObject *object;    /**< NULL while the place is free. */
    uint32_t generation; /**< Of the tenant, or of the next one. */
    uint32_t next_free;  /**< Index of the next free place; 0: none. */
} MpObjectEntry;

/** What a script's userdata holds. bridge/lua/object.lua declares the same layout to the FFI. */
typedef struct MpHandle {
    uint32_t index;
    uint32_t generation;
} MpHandle;

/** The array; NULL before the first mp_object_table_open(). */
extern MpObjectEntry *mp_object_table;

/** Reserves the array unless that was done. False: the system refused. */
bool mp_object_table_open(void);

/** The object behind a handle, or NULL if it is dead. `handle` must come from a live object once. */
static inline MpObject *mp_handle_resolve(MpHandle handle)
{
    const MpObjectEntry *entry = &mp_object_table[handle.index];
    return entry->generation == handle.generation ? entry->object : NULL;
}

#endif
