/*
 * record.h - the Lua functions that C holds: one process-wide table of records.
 *
 * C gets {place, generation} of a record as the `user` of its callback, never an address. Places
 * are recycled, generations are not, so a `user` that outlived its record leads nowhere, in any
 * thread and after its VM is gone.
 */
#ifndef MP_RECORD_H
#define MP_RECORD_H

#include "vm.h"

/** Most callbacks that C can hold at once. */
enum { MP_RECORD_LIMIT = 1 << 20 };

typedef struct MpRecord {
    _Atomic(uintptr_t) generation; /**< Of the tenant, or of the next one. */
    _Atomic(const void *) thread;  /**< The only one that may look at the rest; NULL: free. */
    MpVm *vm;
    const MpMethod *given_to;
    const MpParameter *keeper; /**< NULL: lent for one call. */
    MpHandle owner;            /**< Index 0: it has none. */
    bool has_entry;            /**< vm->callbacks[-place] converts, and calls the function. */
    uint32_t next_free;
} MpRecord;

/**
 * A place for a function of the VM, with the rest of `content` in it; 0 when all are taken.
 * Thread: the VM's.
 */
uint32_t mp_record_claim(const MpRecord *content);

/** Frees a place of this thread's. */
void mp_record_free(uint32_t place);

/** The record at a place from 1 to mp_record_used() - 1, if this thread has it; else NULL. */
MpRecord *mp_record_at(uint32_t place);
uint32_t mp_record_used(void);

/** What C gets for the record at a place; and back: 0 if it is not this thread's any more. */
void *mp_record_user(uint32_t place);
uint32_t mp_record_place(const void *user);

/**
 * Takes note that C called a callback of `type` in vain: from another thread, or when its time was
 * over. Each type is reported once for each reason. Thread: any.
 */
void mp_record_refuse(const MpMethod *type, const void *user);

/** Forgets what free records, and the note, know of a module that is unloaded. */
void mp_record_forget(const MpModule *module);

/** Reports what was noted, if anything, to the VM's log. */
void mp_record_report(const MpVm *vm);

#endif
