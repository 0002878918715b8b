/*
 * vm.h - the VM as the bridge's own files see it.
 */
#ifndef MP_VM_PRIVATE_H
#define MP_VM_PRIVATE_H

#include "folder.h"
#include "moonpatch/failure.h"
#include "moonpatch/glue.h"
#include "moonpatch/vm.h"
#include "watch.h"

#include <lauxlib.h>

/** lua_type() of the FFI's objects; lua.h has no name for it. */
enum { MP_TYPE_CDATA = 10 };

/** Calls of C into Lua that may be open at once; deeper ones run the C body. */
enum { MP_CALL_DEPTH = 100 };

typedef struct MpRegistered MpRegistered;

/** How far mp_vm_collect() is. */
typedef struct MpCollector {
    int start;       /**< KiB from which on the next round begins. */
    int held;        /**< KiB when the last call ended. */
    bool collecting; /**< A round is on its way. */
} MpCollector;

/** One resumption of a coroutine that is going on. */
typedef struct MpResumed {
    const struct MpResumed *outer;
    lua_State *from, *thread;
} MpResumed;

struct MpVm {
    MpVm *next; /**< Of the same thread. */
    lua_State *main;
    const void *registry; /**< Identity of the machine, for telling its coroutines from others'. */
    int depth;            /**< Calls of C into Lua, and visits of the host, that are open. */
    MpVmOptions options;
    MpWatch watch;
    MpCollector collector;
    struct MpTicks *ticks;              /**< Of sampling.c; NULL: nobody wants it. */
    volatile MpVmSamples samples;       /**< Written in its signal handler. */
    uintptr_t stack_low, stack_reserve; /**< Of the C stack; see nesting.h. */
    const MpResumed *resumed;           /**< The innermost coroutine; see coroutine.c. */
    MpScriptFolder scripts;             /**< What is known of the scripts below options.folder. */
    MpPatchFolder patches;              /**< What is known of options.patch_folder. */
    MpRegistered *modules;              /**< In the order of their registration. */
    size_t module_count;
    MpTable *tables; /**< That C holds. */

    /* Registry references. */
    int traceback;  /**< The message handler of every call. */
    int handles;    /**< {[index] = userdata}, weak values. */
    int metatables; /**< {[class pointer] = metatable, [metatable] = class pointer}. */
    int failed;     /**< Lua: failed(layer, message). */
    int half;       /**< The table of functions that bridge/lua/boot.lua returns. */
    int culprit;    /**< The version of a patch that raised the last error; false: no patch. */
    int results;    /**< What C holds: {[function] = result}, and in a list mp_vm_call()'s. */
    int replaced;   /**< Results in whose place others came in this frame: see kept.h. */
    int gates;      /**< {[gate] = true}, weak keys: see gate.c. */
    int dead;       /**< The coroutine that failed last: {its message, the coroutine}. */

    /* Handles of shared objects that were collected since the last step. */
    MpHandle *dropped;
    size_t dropped_count, dropped_room;

    size_t replaced_count;

    char refusal[MP_ERROR_MESSAGE_SIZE + 128]; /**< What the last C function raised. */

    /* Registry references of callbacks: callback.c and foreign.c. */
    int callbacks; /**< {[place of a record] = function, [-place] = what C calls instead}. */
    int kept;      /**< {[MP_KEEP parameter] = {[index of the owner] = place of a record}}. */
    int adapters;  /**< {[callback type] = {entry, shim}}: types that need some work in Lua. */
    int foreign;   /**< {[function] = MpForeign}, weak keys. */
    int promised;  /**< {[MP_KEEP parameter] = {[index of the owner] = function}}, weak values. */
    uint64_t loans[MP_CALL_DEPTH + 1]; /**< [depth]: identity of what C lends there; 0: nothing. */
    uint64_t loan_count;
    uint32_t sweep; /**< The record that was looked at last for a dead owner. */

    bool stranger_reported;             /**< The "wrong thread" warning was given. */
    bool depth_reached, depth_reported; /**< In this frame; see bridge/src/call.c. */
    const MpMethod *too_deep;           /**< The function that was reported last. */
    uint32_t errors;
    bool coroutine_failed; /**< Since the last call began; see failure.c. */
    bool call_failed;      /**< The last one, by the game's own scripts; then `failure` says why. */
    MpFailure failure;
    char version[128];
};

/** Pushes a new table whose `mode` ("k", "v") entries are weak. */
void mp_push_weak_table(lua_State *L, const char *mode);

/**
 * Whether the VM may be used now: by its own thread, and not from inside a leaf, which LuaJIT's
 * compiled code calls without saving the VM's state. False: MP_REFUSED, for `what` ("mp_vm_call").
 */
bool mp_vm_may_use(const MpVm *vm, const char *what, MpError *error);

/** The same, and no script is running: false from inside anything that a script called. */
bool mp_vm_is_idle(const MpVm *vm, const char *what, MpError *error);

/** Notes that C enters the VM, or visits its host; see watch.h. The way out is vm->depth--. */
static inline void mp_vm_enter(MpVm *vm)
{
    if (vm->depth++ == 0)
        vm->watch.entry = ++mp_watch_entries;
}

/** MpVmOptions.memory_limit_mb in KiB. */
int mp_vm_memory_limit(const MpVm *vm);

/** Logs in printf style, to the host's log. */
void mp_vm_log(const MpVm *vm, MpSeverity severity, const char *format, ...) MP_PRINTF(3, 4);

/** Pushes the table of C functions that bridge/lua works with. */
void mp_core_push(MpVm *vm, lua_State *L);

/**
 * The message handler of every protected call: the message with a traceback, and with what a
 * misspelt method was probably meant to be. A closure over the VM as a light userdata.
 */
int mp_traceback(lua_State *L);

/**
 * Calls function `name` of the bridge's Lua half with the `arguments` on top of the stack.
 * False: the error message is on the stack instead of the results.
 */
bool mp_half_call(MpVm *vm, const char *name, int arguments, int results);

/** The same on the stack of a coroutine, where C runs that it called. */
bool mp_half_call_on(MpVm *vm, lua_State *L, const char *name, int arguments, int results);

/** Moves the message on the main stack's top to `error`; returns false. */
bool mp_vm_take_error(MpVm *vm, MpStatus status, MpError *error);

/** Pops a list of patch events off the main stack and tells the host of each. */
void mp_patch_announce(MpVm *vm);

/**
 * Writes what a person should read about the value at `index` into `text`: "3.5", "string",
 * "Lion". Never runs script code.
 */
void mp_describe(lua_State *L, int index, char *text, size_t size);

#endif
