/*
 * moonpatch/glue_callback.h - functions that cross: the part of glue.h about callbacks.
 *
 * A callback type is an MpMethod of kind MP_KIND_CALLBACK. Its thunk is what C gets for a Lua
 * function; its wrapper is how Lua calls a function of C.
 *
 * Lua to C. The `user` that goes with the thunk is no address but the place and the generation of
 * a record in a process-wide table (bridge/src/record.h). C may keep it as long as it likes: once
 * the callback's time is over, it leads nowhere, the call returns zero and is reported.
 *
 * C to Lua. A patch gets a Lua function that calls the function of C for as long as C has promised:
 * during the call, or, for MP_KEEP, until it is replaced or its owner dies. Handed on to the
 * `original`, it is the very same pointer and `user` again.
 */
#ifndef MOONPATCH_GLUE_CALLBACK_H
#define MOONPATCH_GLUE_CALLBACK_H

#include "moonpatch/glue_call.h"

/* ---- Lua gives C a function --------------------------------------------------------------- */

/** What a C body gets for a function or nil, and what must be settled after it. */
typedef struct MpGiven {
    MpFunction function; /**< NULL for nil. */
    void *user;
    bool is_new;               /**< The record was made for this call. */
    const MpParameter *keeper; /**< The MP_KEEP parameter; NULL: lent. */
    MpHandle owner; /**< Whom it is kept for; zero: nobody, a static function keeps it. */
} MpGiven;

/** Raises an error unless argument `index` is a function, or nil where that is allowed. */
void mp_arg_callback(lua_State *L, const MpMethod *method, int index, bool optional);

/** Lends the checked argument for one call. Raises nothing. */
MpGiven mp_callback_lend(lua_State *L, const MpMethod *method, int index, const MpMethod *type);

/** Gives the checked argument to keep; `owner` is self, or NULL. Raises nothing. */
MpGiven mp_callback_keep(lua_State *L, const MpMethod *method, int index, const MpMethod *type,
                         const MpObject *owner);

/** After the body: takes back what was lent. What was to be kept replaces what was kept before, or
 * is taken back, too, if the body failed. */
void mp_callback_settle(lua_State *L, const MpGiven *given, bool succeeded);

/**
 * One call of the Lua function behind `user`, in the shape of mp_call_next(): true once, and then
 * no more, or never when Lua must not be entered or the callback's time is over.
 */
bool mp_callback_next(MpCall *call, void *user);
bool mp_callback_run(MpCall *call, int arguments, int results);
void mp_callback_end(MpCall *call);

/* ---- C gives Lua a function --------------------------------------------------------------- */

/** A function of C in Lua's hands: upvalue 2 of its wrapper's closure. */
typedef struct MpForeign {
    MpFunction function;
    void *user;
    const MpMethod *type;
    uint64_t loan;             /**< Identity of what it is lent with; 0: it is kept. */
    int depth;                 /**< Of the call that it is lent for. */
    const MpParameter *keeper; /**< The MP_KEEP parameter that it came through. */
    MpHandle owner;
    bool over; /**< C does not keep it any more. */
} MpForeign;

/** Pushes a function of C, lent for this call; nil for NULL. */
void mp_call_lend(MpCall *call, const MpMethod *type, MpFunction function, void *user);

/** Pushes a function of C that C keeps through parameter `index`; `owner` is self, or NULL. */
void mp_call_keep(MpCall *call, const MpMethod *type, MpFunction function, void *user, int index,
                  const MpObject *owner);

/** For wrappers: the function to call. Raises an error when C does not lend or keep it any more. */
const MpForeign *mp_foreign_use(lua_State *L);

#endif
