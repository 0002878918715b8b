/*
 * moonpatch/glue_call.h - C calls Lua: the part of glue.h about patched functions.
 */
#ifndef MOONPATCH_GLUE_CALL_H
#define MOONPATCH_GLUE_CALL_H

#include "moonpatch/glue.h"

/**
 * One call of a patched function, layer by layer from the top:
 *
 *     MpCall call;
 *     for (bool open = mp_call_begin(&call, &slot); open; open = mp_call_next(&call)) {
 *         push the arguments on call.L
 *         if (mp_call_run(&call, arguments, results) && mp_result_int32(&call, 1, &result)) {
 *             mp_call_end(&call);
 *             return result;
 *         }
 *     }
 *     return the native body's result
 *
 * A layer that fails is reported, and the next one is tried with the same arguments, unless one of
 * them is an object that died meanwhile: see mp_call_died(). When Lua must not be entered (another
 * thread, inside a leaf, too deep) there is no first layer.
 */
typedef struct MpCall {
    MpSlot *slot;
    lua_State *L;
    MpVm *vm;
    union {
        MpLayer *layer;
        const MpMethod *given_to; /**< A callback's call: the function that took it. */
    };
    MpListener *listener; /**< Of an event. */
    int top;              /**< Height of the stack to go back to. */
    int handler;          /**< Where the message handler stands; the function follows. */
    bool bound;           /**< The function takes objects' indices: see layer.h. */
} MpCall;

/** Prepares the call of the topmost layer; false: there is none, or Lua must not be entered. */
bool mp_call_begin(MpCall *call, MpSlot *slot);
/** After a layer failed: the same for the one below. */
bool mp_call_next(MpCall *call);
/** Reports the layer, whose message is on top of the stack; returns false. */
bool mp_call_failed(MpCall *call);
void mp_call_end(MpCall *call);

/** Calls with the arguments that were pushed. False: the layer failed, which was reported. */
static inline bool mp_call_run(MpCall *call, int arguments, int results)
{
    return lua_pcall(call->L, arguments + !call->bound, results, call->handler) == 0 ||
           mp_call_failed(call);
}

/**
 * After a layer failed: whether one of the objects that C called with, of which only these
 * identities are left, died meanwhile. That is reported, and the call is over: nothing may run on
 * it.
 */
bool mp_call_died(MpCall *call, const MpHandle *objects, int count);

/** After a layer failed: whether its patch wants the call to end there, with zero. */
bool mp_call_ends(MpCall *call);

/** The same by mp_object_deaths, for objects that C keeps out of sight, in a list for instance:
 * whether any died since.
 */
bool mp_call_bereaved(MpCall *call, uint32_t deaths);

void mp_call_push_handle(MpCall *call, const MpObject *object);

/** Pushes what the function makes a handle of, or the handle; for NULL 0, or nil. */
static inline void mp_call_push_object(MpCall *call, MpHandle identity, const MpObject *object)
{
    if (call->bound)
        lua_pushinteger(call->L, identity.index);
    else
        mp_call_push_handle(call, object);
}

/* Read result `index` (from 1). False after the layer was reported for a result of a wrong type. */

static inline int mp_result_index(const MpCall *call, int index)
{
    return call->handler + index; /* results stand from the function's place on */
}

void mp_result_report(MpCall *call, int index);

/** Reports the layer; returns false. */
static inline bool mp_result_bad(MpCall *call, int index)
{
    mp_result_report(call, index);
    return false;
}

static inline bool mp_result_double(MpCall *call, int index, double *result)
{
    if (lua_type(call->L, mp_result_index(call, index)) != LUA_TNUMBER)
        return mp_result_bad(call, index);
    *result = lua_tonumber(call->L, mp_result_index(call, index));
    return true;
}

static inline bool mp_result_float(MpCall *call, int index, float *result)
{
    double number = 0;
    bool ok = mp_result_double(call, index, &number);
    *result = (float)number;
    return ok;
}

#define MP_DEFINE_INTEGER_RESULT(name, type, low, high)                                \
    static inline bool mp_result_##name(MpCall *call, int index, type *result)         \
    {                                                                                  \
        double number = 0;                                                             \
        if (!mp_read_whole(call->L, mp_result_index(call, index), low, high, &number)) \
            return mp_result_bad(call, index);                                         \
        *result = (type)number;                                                        \
        return true;                                                                   \
    }
MP_INTEGERS(MP_DEFINE_INTEGER_RESULT)

static inline bool mp_result_bool(MpCall *call, int index, bool *result)
{
    if (lua_type(call->L, mp_result_index(call, index)) != LUA_TBOOLEAN)
        return mp_result_bad(call, index);
    *result = lua_toboolean(call->L, mp_result_index(call, index));
    return true;
}

/* How long texts, bytes and elements stay valid: see moonpatch/patch.h. */
bool mp_result_string(MpCall *call, int index, const char **result);
bool mp_result_bytes(MpCall *call, int index, const char **result, size_t *length);
/** Elements in C's shape, and how many. */
bool mp_result_array(MpCall *call, int index, const void **result, size_t *length);
bool mp_result_flags(MpCall *call, int index, const MpEnum *enumeration, int *result);
bool mp_result_enum(MpCall *call, int index, const MpEnum *enumeration, int *result);
bool mp_result_object(MpCall *call, int index, const MpClass *class_of, MpObject **result);
/** For functions that take an MpError: whether the results are nil and a message. */
bool mp_result_failure(MpCall *call, MpError *error);

#endif
