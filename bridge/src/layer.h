/*
 * layer.h - the overrides on top of a function, as C callers walk them.
 *
 * bridge/lua/layer.lua decides which layers a function has; here is what a call from C needs of
 * them. An MpLayer is a userdata that its Lua layer holds; the slot only points to it.
 */
#ifndef MP_LAYER_H
#define MP_LAYER_H

#include "vm.h"

struct MpLayer {
    MpVm *vm;
    MpLayer *below;
    int entry;    /**< Registry reference: entry(original, arguments...). */
    int original; /**< Registry reference: the next layer down, or the C body. */
    int layer;    /**< Registry reference: the Lua layer, for reports. */
    uint64_t calls;
    bool tripped; /**< Calls pass it over: its patch failed too often. */
};

/** Lua: new_layer(layer) -> userdata. */
int mp_layer_new(lua_State *L);

/** Lua: trip(userdata): from now on calls pass the layer over. */
int mp_layer_trip(lua_State *L);

/** Lua: layer_calls(userdata) -> calls from C. */
int mp_layer_calls(lua_State *L);

/** Lua: is_free(method) -> whether no other VM has layers on the function. */
int mp_layer_is_free(lua_State *L);

/**
 * Lua: set_layers(method, {{c = userdata, entry = f, original = f}, ...}), topmost first, of a
 * free function. An empty list gives the function its C body back.
 */
int mp_layer_set(lua_State *L);

/**
 * Lua: listen(method, {c = userdata, entry = f} or nil): what an event calls in this VM; nil:
 * nothing.
 */
int mp_layer_listen(lua_State *L);

#endif
