#include "layer.h"

#include "foreign.h"

#include <assert.h>

int mp_layer_new(lua_State *L)
{
    MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    lua_settop(L, 1);
    MpLayer *layer = lua_newuserdata(L, sizeof *layer);
    *layer = (MpLayer){.vm = vm, .entry = LUA_NOREF, .original = LUA_NOREF, .layer = LUA_NOREF};
    return 1;
}

int mp_layer_trip(lua_State *L)
{
    MpLayer *layer = lua_touserdata(L, 1);
    layer->tripped = true;
    return 0;
}

int mp_layer_calls(lua_State *L)
{
    const MpLayer *layer = lua_touserdata(L, 1);
    lua_pushnumber(L, (lua_Number)layer->calls);
    return 1;
}

static void unlink_layers(lua_State *L, MpSlot *slot)
{
    for (MpLayer *layer = slot->layers; layer; layer = layer->below) {
        luaL_unref(L, LUA_REGISTRYINDEX, layer->entry);
        luaL_unref(L, LUA_REGISTRYINDEX, layer->original);
        luaL_unref(L, LUA_REGISTRYINDEX, layer->layer);
        layer->entry = layer->original = layer->layer = LUA_NOREF;
    }
    slot->layers = NULL;
}

/* A reference to field `name` of the table on the stack's top. */
static int reference_field(lua_State *L, const char *name)
{
    lua_getfield(L, -1, name);
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* Links the Lua layer on the stack's top above nothing; returns it. */
static MpLayer *link_layer(lua_State *L)
{
    lua_getfield(L, -1, "c");
    MpLayer *layer = lua_touserdata(L, -1);
    lua_pop(L, 1);
    layer->below = NULL;
    layer->entry = reference_field(L, "entry");
    layer->original = reference_field(L, "original");
    lua_pushvalue(L, -1);
    layer->layer = luaL_ref(L, LUA_REGISTRYINDEX);
    return layer;
}

static bool is_free(lua_State *L, const MpSlot *slot)
{
    return !slot->layers || slot->layers->vm == lua_touserdata(L, lua_upvalueindex(1));
}

int mp_layer_is_free(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    lua_pushboolean(L, is_free(L, method->slot));
    return 1;
}

int mp_layer_set(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    MpSlot *slot = method->slot;
    assert(is_free(L, slot));
    /* The body first and last: at no time does a call find the thunk without its layers. */
    atomic_store(&slot->body, method->native);
    unlink_layers(L, slot);
    MpLayer **end = &slot->layers;
    int count = (int)lua_objlen(L, 2);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, i);
        *end = link_layer(L);
        end = &(*end)->below;
        lua_pop(L, 1);
    }
    slot->redirect &= ~(uint32_t)MP_REDIRECT_PATCHED;
    if (slot->layers) {
        slot->redirect |= MP_REDIRECT_PATCHED;
        atomic_store(&slot->body, method->thunk);
    } else {
        mp_foreign_forget(lua_touserdata(L, lua_upvalueindex(1)), L, method);
    }
    return 0;
}

/* The link that leads to this VM's listener, or to the end. */
static MpLayer **find_listener(MpSlot *slot, const MpVm *vm)
{
    MpLayer **link = &slot->listeners;
    while (*link && (*link)->vm != vm)
        link = &(*link)->below;
    return link;
}

int mp_layer_listen(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    MpLayer **link = find_listener(method->slot, lua_touserdata(L, lua_upvalueindex(1)));
    lua_settop(L, 2);
    MpLayer *old = *link;
    if (old) {
        *link = old->below;
        luaL_unref(L, LUA_REGISTRYINDEX, old->entry);
        luaL_unref(L, LUA_REGISTRYINDEX, old->layer);
    }
    if (!lua_isnil(L, 2)) {
        MpLayer *layer = link_layer(L);
        layer->below = method->slot->listeners;
        method->slot->listeners = layer;
    }
    return 0;
}
