/*
 * moonpatch/glue.h - what generated code is made of. Nobody writes against this header by hand.
 *
 * For every declared function, bindgen generates into <header>.gen.c
 *   the slot         where the function's current body hangs
 *   the dispatcher   the function itself: jumps through the slot
 *   the thunk        the body of a patched function: carries a C call into Lua
 *   the wrapper      the lua_CFunction through which Lua calls it; a second one calls the C body
 *   the leaf stub    for leaves: what the FFI calls; scalars only, marks the crossing
 *   the method       the constant record that ties these together
 * and for every module the tables of its classes and methods, and the Lua half of its binding.
 */
#ifndef MOONPATCH_GLUE_H
#define MOONPATCH_GLUE_H

#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <lua.h>
#include <stdatomic.h>

/** Changes whenever generated code and the bridge must be rebuilt together. */
enum { MP_GLUE_VERSION = 8 };

typedef struct MpVm MpVm;
typedef struct MpLayer MpLayer;
typedef struct MpListener MpListener;
typedef struct MpMethod MpMethod;

/** The integers that cross: X(name, type, low, high) */
#define MP_INTEGERS(X)                      \
    X(int8, int8_t, INT8_MIN, INT8_MAX)     \
    X(uint8, uint8_t, 0, UINT8_MAX)         \
    X(int16, int16_t, INT16_MIN, INT16_MAX) \
    X(uint16, uint16_t, 0, UINT16_MAX)      \
    X(int32, int32_t, INT32_MIN, INT32_MAX) \
    X(uint32, uint32_t, 0, UINT32_MAX)

/** One for each thread, in the program itself: generated code in plugins reaches it without a call.
 */
#if defined(__GNUC__)
#define MP_THREAD_LOCAL _Thread_local __attribute__((tls_model("initial-exec")))
#else
#define MP_THREAD_LOCAL _Thread_local
#endif

/** Any function; always cast back to its own type before it is called. */
typedef void (*MpFunction)(void);

/* ---- what bindgen knows ------------------------------------------------------------------- */

struct MpClass {
    const char *name;    /**< As scripts see it. */
    const MpClass *base; /**< NULL for a class that starts with its MpObject. */
    size_t size;
    void (*destroy)(MpObject *object); /**< Its destructor; NULL: its base's, if any. */
    bool shared;                       /**< Objects are counted; so are those of derived classes. */
};

typedef enum MpMethodKind {
    MP_KIND_METHOD,
    MP_KIND_STATIC,
    MP_KIND_GETTER,
    MP_KIND_SETTER,
    MP_KIND_CONSTRUCTOR,
    MP_KIND_DESTRUCTOR,
    MP_KIND_CALLBACK, /**< A type of callbacks: see moonpatch/glue_callback.h. */
} MpMethodKind;

/** A parameter as it crosses: values are taken apart into scalars. Self is parameter 0. */
typedef struct MpParameter {
    const char *name;
    const char *words; /**< What a person is told is expected. */
} MpParameter;

/**
 * Where the current body of a function hangs. The FFI half reads `redirect`. The patches of one VM
 * at a time may be on it.
 */
typedef struct MpSlot {
    _Atomic(MpFunction) body;   /**< The C body, or the thunk while layers are on top. */
    _Atomic(uint32_t) redirect; /**< MpRedirect bits: the FFI must not call the leaf stub. */
    const MpMethod *method;
    _Atomic(MpVm *) owner; /**< Whose patches are on it; NULL: nobody's. */
    MpLayer *layers;       /**< Topmost layer; NULL: none. The owner's thread alone looks. */
    _Atomic(MpListener *) listeners; /**< Of an event: a place for each VM that listens. */
} MpSlot;

typedef enum MpRedirect {
    MP_REDIRECT_PATCHED = 1, /**< Lua callers belong to the patch. */
    MP_REDIRECT_DEMOTED = 2, /**< The leaf broke its promise; Lua calls it through the C API. */
    /** Times the number of threads whose scripts may not call C now: see mp_arg_allowed(). */
    MP_REDIRECT_RESTRAINED = 256,
} MpRedirect;

struct MpMethod {
    const char *name;        /**< As scripts see it: "damage". */
    const char *c_name;      /**< "enemy_damage" */
    const char *owner;       /**< Class or namespace, as scripts see it: "Enemy". */
    const MpClass *class_of; /**< Class of self; NULL for static functions. */
    MpSlot *slot;
    MpFunction native; /**< The C body. */
    MpFunction thunk;
    lua_CFunction wrapper;        /**< Calls the current body. Upvalue 1: the VM. */
    lua_CFunction native_wrapper; /**< Calls the C body: some patch's `original`. */
    MpFunction leaf;              /**< The leaf stub; NULL when this is no leaf. */
    const MpParameter *parameters;
    uint32_t parameter_count;
    const char *result_words; /**< What a patch is told to return; NULL: nothing. */
    MpMethodKind kind;
    bool event; /**< Its C body calls the scripts that listen. */
};

/** A plain member of a class, for the C API path. `kind` says how to read the bytes. */
typedef struct MpProperty {
    const char *name;
    const char *words;
    const MpClass *class_of;
    size_t offset;
    bool readonly;
    enum {
        MP_MEMBER_BOOL,
        MP_MEMBER_INT8,
        MP_MEMBER_UINT8,
        MP_MEMBER_INT16,
        MP_MEMBER_UINT16,
        MP_MEMBER_INT32,
        MP_MEMBER_UINT32,
        MP_MEMBER_FLOAT,
        MP_MEMBER_DOUBLE,
        MP_MEMBER_STRING,
        MP_MEMBER_ENUM,
        MP_MEMBER_OBJECT,
        MP_MEMBER_FLAGS,
        MP_MEMBER_FFI, /**< Only the FFI reads it. */
    } kind;
    const struct MpEnum *enumeration; /**< MP_MEMBER_ENUM, MP_MEMBER_FLAGS */
} MpProperty;

typedef struct MpEnumMember {
    const char *name;
    int value;
} MpEnumMember;

typedef struct MpEnum {
    const char *name;
    const MpEnumMember *members;
    size_t count;
    bool flags; /**< Members may be added up. */
} MpEnum;

/**
 * Everything that one run of bindgen made: what a host registers with a VM. The first two members
 * stay where they are in all versions.
 */
typedef struct MpModule {
    const char *name;
    uint32_t glue_version;         /**< MP_GLUE_VERSION at the time of its compilation. */
    uint32_t level;                /**< Of its API; grows with it. */
    const MpClass *const *classes; /**< Bases before the classes derived from them. */
    size_t class_count;
    const MpMethod *const *methods;
    size_t method_count;
    const MpMethod *const *callbacks; /**< Of kind MP_KIND_CALLBACK. */
    size_t callback_count;
    const MpProperty *const *properties;
    size_t property_count;
    const MpEnum *const *enums;
    size_t enum_count;
    const char *lua; /**< The Lua half of the binding: text, `lua_size` bytes. */
    size_t lua_size;
    const char *manifest; /**< The API manifest: JSON, `manifest_size` bytes. */
    size_t manifest_size;
} MpModule;

/* ---- handles ------------------------------------------------------------------------------ */

/** One place of the object table. bridge/lua/binding/object.lua declares the same layout to the
 * FFI. */
typedef struct MpObjectEntry {
    MpObject *object;    /**< NULL while the place is free. */
    uint32_t generation; /**< Of the tenant, or of the next one. */
    union {
        uint32_t next_free; /**< Index of the next free place; 0: none. */
        uint32_t holds;     /**< Of a tenant: how many hold it. Counted for shared classes. */
    };
} MpObjectEntry;

/** What a script's userdata holds. bridge/lua/binding/object.lua declares the same layout to the
 * FFI. */
typedef struct MpHandle {
    uint32_t index;
    uint32_t generation;
} MpHandle;

/** The object table: reserved once at its full size, so its base never moves. */
extern MpObjectEntry *mp_object_table;

/** The object behind a handle, or NULL if it is dead or the handle is none. */
static inline MpObject *mp_handle_resolve(MpHandle handle)
{
    if (handle.index >= MP_OBJECT_LIMIT)
        return NULL;
    const MpObjectEntry *entry = &mp_object_table[handle.index];
    return entry->generation == handle.generation ? entry->object : NULL;
}

/** What names an object for as long as it lives; zero for NULL, and for what is not registered. */
static inline MpHandle mp_identity(const MpObject *object)
{
    return object ? (MpHandle){object->index, object->generation} : (MpHandle){0, 0};
}

/** How many objects died so far. */
extern _Atomic(uint32_t) mp_object_deaths;

/** Whether `class_of` is `base` or derives from it. */
static inline bool mp_is_derived(const MpClass *class_of, const MpClass *base)
{
    while (class_of && class_of != base)
        class_of = class_of->base;
    return class_of != NULL;
}

/** Whether objects of the class are counted. */
static inline bool mp_is_shared(const MpClass *class_of)
{
    while (class_of && !class_of->shared)
        class_of = class_of->base;
    return class_of != NULL;
}

/* ---- C calls C ---------------------------------------------------------------------------- */

/**
 * Whether a declared function calls what hangs in its slot, instead of its C body: asking costs
 * less than an indirect jump. Relaxed: the pointer is all that the reader needs.
 */
#define MP_REDIRECTED(slot) \
    __builtin_expect(atomic_load_explicit(&(slot).redirect, memory_order_relaxed) != 0, 0)

#define MP_SLOT_BODY(slot) atomic_load_explicit(&(slot).body, memory_order_relaxed)

/** Before a declared function in a generated header: callers have it in place, besides the function
 * itself. Compilers that know of no such thing call that. */
#if !defined(MP_DISPATCHER) && defined(__GNUC__)
#define MP_DISPATCHER extern inline __attribute__((gnu_inline))
#endif

/* ---- numbers ------------------------------------------------------------------------------ */

/** Reads a whole number from `low` to `high` at `index`, or returns false. NaN is none. */
static inline bool mp_read_whole(lua_State *L, int index, double low, double high, double *number)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        return false;
    *number = lua_tonumber(L, index);
    return *number >= low && *number <= high && (double)(int64_t)*number == *number;
}

/** What every call of a method goes through stands in the caller: a call of its own would be felt.
 */
#ifdef __GNUC__
#define MP_INLINE static inline __attribute__((always_inline))
#else
#define MP_INLINE static inline
#endif

/* ---- Lua calls C -------------------------------------------------------------------------- */

/** The stack from which this thread's innermost C body was called; NULL outside of all. */
extern MP_THREAD_LOCAL lua_State *mp_state_running;

/* The rare paths of the inline functions below. They raise; mp_arg_surplus() not if all is nil. */
void mp_arg_surplus(lua_State *L, const MpMethod *method, int count);
MpObject *mp_arg_no_object(lua_State *L, const MpMethod *method, int index);
void mp_arg_bad(lua_State *L, const MpMethod *method, int index);

/** Whether the top level of a patch runs on this thread: it may not call C. */
extern MP_THREAD_LOCAL bool mp_restrained;
/** Raises an error that says so. */
void mp_arg_restrained(lua_State *L, const MpMethod *method);

/** Comes first in wrappers of all that does more than read a property. */
static inline void mp_arg_allowed(lua_State *L, const MpMethod *method)
{
    if (mp_restrained)
        mp_arg_restrained(L, method);
}

/** The VM that a wrapper's closure belongs to. */
static inline MpVm *mp_wrapper_vm(lua_State *L)
{
    return (MpVm *)lua_touserdata(L, lua_upvalueindex(1));
}

/** Raises an error if there are more than `count` arguments; nils at the end are none. */
static inline void mp_arg_end(lua_State *L, const MpMethod *method, int count)
{
    if (lua_gettop(L) > count)
        mp_arg_surplus(L, method, count);
}

/**
 * The object behind the handle at `index`. Whatever the userdata there is, no harm can be done:
 * the place is in the table, its tenant is alive and of the right class, or it is an error.
 */
MP_INLINE MpObject *mp_arg_object(lua_State *L, const MpMethod *method, int index,
                                  const MpClass *class_of)
{
    const MpHandle *handle = (const MpHandle *)lua_touserdata(L, index);
    if (handle && lua_objlen(L, index) == sizeof *handle) {
        MpObject *object = mp_handle_resolve(*handle);
        if (object && (object->class_of == class_of || mp_is_derived(object->class_of, class_of)))
            return object;
    }
    return mp_arg_no_object(L, method, index);
}

/* Read argument `index` (from 1) or raise an error that names method, parameter and value. */

#define MP_DEFINE_INTEGER_ARGUMENT(name, type, low, high)                             \
    static inline type mp_arg_##name(lua_State *L, const MpMethod *method, int index) \
    {                                                                                 \
        double number = 0;                                                            \
        if (!mp_read_whole(L, index, low, high, &number))                             \
            mp_arg_bad(L, method, index);                                             \
        return (type)number;                                                          \
    }
MP_INTEGERS(MP_DEFINE_INTEGER_ARGUMENT)

static inline double mp_arg_double(lua_State *L, const MpMethod *method, int index)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        mp_arg_bad(L, method, index);
    return lua_tonumber(L, index);
}

static inline float mp_arg_float(lua_State *L, const MpMethod *method, int index)
{
    return (float)mp_arg_double(L, method, index);
}

bool mp_arg_bool(lua_State *L, const MpMethod *method, int index);
const char *mp_arg_string(lua_State *L, const MpMethod *method, int index);
/** A string of any bytes, or NULL for nil if that is allowed. */
const char *mp_arg_bytes(lua_State *L, const MpMethod *method, int index, size_t *length,
                         bool optional);
int mp_arg_enum(lua_State *L, const MpMethod *method, int index, const MpEnum *enumeration);
int mp_arg_flags(lua_State *L, const MpMethod *method, int index, const MpEnum *enumeration);

/** Where the FFI object at `index` lies: the bridge's Lua has checked it. NULL for nil. */
static inline void *mp_arg_pointer(lua_State *L, int index)
{
    return (void *)(uintptr_t)lua_topointer(L, index);
}

/** Notes on which Lua stack the C body runs; returns what mp_native_leave() wants back. */
static inline lua_State *mp_native_enter(lua_State *L)
{
    lua_State *outer = mp_state_running;
    mp_state_running = L;
    return outer;
}

static inline void mp_native_leave(lua_State *outer) { mp_state_running = outer; }

/** Pushes the object's handle; nil for NULL and for an object that is not registered. */
void mp_push_object(MpVm *vm, lua_State *L, const MpObject *object);
/** Raises an error if scripts must not destroy the object now: C still holds it. */
void mp_arg_destroyable(lua_State *L, const MpMethod *method, const MpObject *object);
/** Pushes text; nil for NULL. */
void mp_push_string(lua_State *L, const char *text);
/** Pushes `length` bytes; nil for NULL. */
void mp_push_bytes(lua_State *L, const void *bytes, size_t length);
/** Pushes a place in memory for the bridge's Lua; nil for NULL. */
void mp_push_pointer(lua_State *L, const void *place);
/**
 * For wrappers of functions that take an MpError: pushes nil and the message; returns 2. A caller's
 * mistake, MP_INVALID, is raised instead, with the function's name.
 */
int mp_push_failure(lua_State *L, const MpMethod *method, const MpError *error);

/* ---- leaves ------------------------------------------------------------------------------- */

/** The leaf that this thread is inside of, called through the FFI; NULL outside. */
extern MP_THREAD_LOCAL const MpMethod *mp_leaf_running;

#endif
