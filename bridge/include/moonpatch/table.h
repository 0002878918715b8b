/*
 * moonpatch/table.h - C reads and writes Lua tables.
 *
 *     MpTable *balance = mp_table_of_module(vm, "balance", &error);   // scripts/balance.lua
 *     MpTable *waves = mp_table_get_table(balance, mp_key("waves"), &error);
 *     MpTable *third = mp_table_get_table(waves, mp_at(3), &error);
 *     int count = 5;                                       // stays so unless there is one
 *     if (!mp_table_get_int(third, mp_key("count"), &count, &error))
 *         mp_log_warning("%s", error.message);
 *             // "balance.waves[3].count: integer expected, got string"
 *     mp_table_free(third), mp_table_free(waves), mp_table_free(balance);
 *
 * An MpTable is C's hold on a table: the table lives at least as long. mp_vm_call() takes and
 * returns them too (letter t).
 *
 * Access is raw: no metamethod runs, so no script does. Nothing here raises.
 *
 * Errors, of all functions that take an MpError: MP_NOT_FOUND when there is nothing under the key,
 * MP_SCRIPT when something of another type is, MP_INVALID for a key or a value that cannot be
 * stored, MP_MEMORY; MP_REFUSED when the table's VM was closed, from another thread than the VM's,
 * and inside a leaf. All take NULL for a table, as one that is not there: MP_NOT_FOUND. Results are
 * written on success only.
 *
 * Thread: the VM's script thread; elsewhere everything is refused, but mp_table_free() works.
 */
#ifndef MOONPATCH_TABLE_H
#define MOONPATCH_TABLE_H

#include "moonpatch/error.h"
#include "moonpatch/object.h"

typedef struct MpVm MpVm;
typedef struct MpTable MpTable;

/** Where in a table: under a name, or at a number. */
typedef struct MpKey {
    const char *name; /**< NULL: `index` counts. */
    long long index;  /**< From -2^53 to 2^53; lists start at 1. */
} MpKey;

static inline MpKey mp_key(const char *name) { return (MpKey){.name = name}; }
static inline MpKey mp_at(long long index) { return (MpKey){.index = index}; }

/** What is under a key. */
typedef enum MpEntryKind {
    MP_ENTRY_NIL, /**< Nothing, or it may not be looked at. */
    MP_ENTRY_BOOL,
    MP_ENTRY_NUMBER,
    MP_ENTRY_STRING,
    MP_ENTRY_OBJECT, /**< The handle of an object, alive or dead. */
    MP_ENTRY_TABLE,
    MP_ENTRY_OTHER, /**< A function, a value struct, a 64-bit integer that is no number, ... */
} MpEntryKind;

/* ---- holding tables ----------------------------------------------------------------------- */

/** Creates an empty table. NULL: an error. Ownership: the caller's, for mp_table_free(). */
MpTable *mp_table_create(MpVm *vm, MpError *error);

/**
 * The table that Lua module `name` returns; loads the module if need be. NULL: an error; MP_SCRIPT
 * also when the module raises, or returns no table. Ownership: the caller's, for mp_table_free().
 */
MpTable *mp_table_of_module(MpVm *vm, const char *name, MpError *error);

/**
 * Lets go of a table; scripts that hold it, too, keep it. Takes NULL, and tables of closed VMs.
 * From another thread the memory is given back when the VM closes.
 */
void mp_table_free(MpTable *table);

/* ---- reading ------------------------------------------------------------------------------ */

bool mp_table_get_bool(MpTable *table, MpKey key, bool *value, MpError *error);
bool mp_table_get_int(MpTable *table, MpKey key, int *value, MpError *error);
/** 64 bits, exact: a number without a fraction, int64_t or uint64_t. */
bool mp_table_get_integer(MpTable *table, MpKey key, long long *value, MpError *error);
bool mp_table_get_number(MpTable *table, MpKey key, double *value, MpError *error);
/** A string without zero bytes; valid until this MpTable hands out another one, or is freed. */
bool mp_table_get_string(MpTable *table, MpKey key, const char **value, MpError *error);
/** Any string; valid like that of mp_table_get_string(). A zero byte stands after its end. */
bool mp_table_get_bytes(MpTable *table, MpKey key, const char **bytes, size_t *size,
                        MpError *error);
/** A live object of that class or of one derived from it; `class_of` NULL: of any class. */
bool mp_table_get_object(MpTable *table, MpKey key, const MpClass *class_of, MpObject **value,
                         MpError *error);
/** NULL: an error. Ownership: the caller's, for mp_table_free(). */
MpTable *mp_table_get_table(MpTable *table, MpKey key, MpError *error);

/** What is under the key. */
MpEntryKind mp_table_kind(MpTable *table, MpKey key);

/** The length of a list, as #list without __len; 0 also for what may not be looked at. */
size_t mp_table_length(MpTable *table);

/**
 * Goes through a table's entries, in no order:
 *
 *     MpError error = {.status = MP_OK};
 *     for (MpKey key = MP_KEY_NONE; mp_table_next(table, &key, &error);)
 *         ...
 *
 * The key's name is valid until the next step. Entries under keys that MpKey cannot hold (3.5,
 * true, objects, strings with zero bytes) are passed over. Entries may be changed and removed on
 * the way, but not added. False: there was none left, or an error.
 */
bool mp_table_next(MpTable *table, MpKey *key, MpError *error);

/** Before the first entry. */
#define MP_KEY_NONE ((MpKey){.name = NULL, .index = INT64_MIN})

/* ---- writing ------------------------------------------------------------------------------ */

bool mp_table_set_bool(MpTable *table, MpKey key, bool value, MpError *error);
/** Scripts get a number up to 2^53, and int64_t beyond. */
bool mp_table_set_integer(MpTable *table, MpKey key, long long value, MpError *error);
bool mp_table_set_number(MpTable *table, MpKey key, double value, MpError *error);
/** Copies the text; NULL removes the entry. */
bool mp_table_set_string(MpTable *table, MpKey key, const char *value, MpError *error);
/** Copies the bytes, zeros included. */
bool mp_table_set_bytes(MpTable *table, MpKey key, const char *bytes, size_t size, MpError *error);
/** NULL removes the entry; an object that is not registered, or of no bound class, is refused. */
bool mp_table_set_object(MpTable *table, MpKey key, const MpObject *value, MpError *error);
/** Both keep the table; NULL removes the entry; a table of another VM is refused. */
bool mp_table_set_table(MpTable *table, MpKey key, const MpTable *value, MpError *error);
bool mp_table_remove(MpTable *table, MpKey key, MpError *error);

#endif
