/*
 * layer.h - the overrides on top of a function, as C callers walk them.
 *
 * bridge/lua/patches/layer.lua decides which layers a function has; here is what a call from C
 * needs of them. An MpLayer is a userdata that its Lua layer holds; the slot only points to it.
 *
 * In a VM that compiles, layers are bound: generated code around the patch's function knows the
 * layer below, and makes handles of the indices of objects. Compiled, both cost less there than
 * they do here.
 */
#ifndef MP_LAYER_H
#define MP_LAYER_H

#include "vm.h"

struct MpLayer {
    MpLayer *below;
    int entry; /**< Registry reference: entry(original, arguments...); bound: without original. */
    int original; /**< Registry reference: the next layer down, or the C body. */
    int layer;    /**< Registry reference: the Lua layer, for reports. */
    uint64_t calls;
    bool bound;   /**< Calls of the entry pass indices of objects, and no `original`. */
    bool ends;    /**< When it fails, the call is over. */
    bool tripped; /**< Calls pass it over: its patch failed too often, or is switched off. */
};

/** Lua: new_layer(layer) -> userdata. */
int mp_layer_new(lua_State *L);

/** Lua: trip(userdata, over): whether calls pass the layer over from now on. */
int mp_layer_trip(lua_State *L);

/** Lua: layer_calls(userdata) -> calls from C. */
int mp_layer_calls(lua_State *L);

/**
 * Lua: claim(method) -> whether the function is this VM's to patch: no other VM has layers on it,
 * nor can put any there before set_layers() was called for it.
 */
int mp_layer_claim(lua_State *L);

/**
 * Lua: set_layers(method, {{c = userdata, entry = f, original = f}, ...}), topmost first; raises
 * for a function that another VM has claimed. An empty list gives the function its C body back, and
 * the claim up.
 */
int mp_layer_set(lua_State *L);

/** Gives the function its C body back if this VM has layers on it, for the end of the VM. */
void mp_layer_drop(const MpVm *vm, MpSlot *slot);

/** Makes the Lua layer on the stack's top callable from C, above no other. */
MpLayer *mp_layer_link(lua_State *L);

/** Undoes that for a layer and all below it; `*top` may be NULL, and is NULL afterwards. */
void mp_layer_unlink(lua_State *L, MpLayer **top);

#endif
