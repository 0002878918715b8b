#include "layer.h"

#include "foreign.h"

int mp_layer_new(lua_State *L)
{
    lua_settop(L, 1);
    MpLayer *layer = lua_newuserdata(L, sizeof *layer);
    *layer = (MpLayer){.entry = LUA_NOREF, .original = LUA_NOREF, .layer = LUA_NOREF};
    return 1;
}

int mp_layer_trip(lua_State *L)
{
    MpLayer *layer = lua_touserdata(L, 1);
    layer->tripped = lua_toboolean(L, 2);
    return 0;
}

int mp_layer_calls(lua_State *L)
{
    const MpLayer *layer = lua_touserdata(L, 1);
    lua_pushnumber(L, (lua_Number)layer->calls);
    return 1;
}

void mp_layer_unlink(lua_State *L, MpLayer **top)
{
    for (MpLayer *layer = *top; layer; layer = layer->below) {
        luaL_unref(L, LUA_REGISTRYINDEX, layer->entry);
        luaL_unref(L, LUA_REGISTRYINDEX, layer->original);
        luaL_unref(L, LUA_REGISTRYINDEX, layer->layer);
        layer->entry = layer->original = layer->layer = LUA_NOREF;
    }
    *top = NULL;
}

/* A reference to field `name` of the table on the stack's top. */
static int reference_field(lua_State *L, const char *name)
{
    lua_getfield(L, -1, name);
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

MpLayer *mp_layer_link(lua_State *L)
{
    lua_getfield(L, -1, "c");
    MpLayer *layer = lua_touserdata(L, -1);
    lua_pop(L, 1);
    layer->below = NULL;
    layer->entry = reference_field(L, "bound");
    layer->bound = layer->entry != LUA_REFNIL;
    if (!layer->bound)
        layer->entry = reference_field(L, "entry");
    layer->original = reference_field(L, "original");
    lua_getfield(L, -1, "ends");
    layer->ends = lua_toboolean(L, -1);
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    layer->layer = luaL_ref(L, LUA_REGISTRYINDEX);
    return layer;
}

static bool claim(MpSlot *slot, MpVm *vm)
{
    MpVm *owner = NULL;
    return atomic_compare_exchange_strong(&slot->owner, &owner, vm) || owner == vm;
}

int mp_layer_claim(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    lua_pushboolean(L, claim(method->slot, lua_touserdata(L, lua_upvalueindex(1))));
    return 1;
}

/* The body first: at no time does a call find the thunk without its layers. */
static void uncover(MpSlot *slot)
{
    atomic_store(&slot->body, slot->method->native);
    atomic_fetch_and(&slot->redirect, ~(uint32_t)MP_REDIRECT_PATCHED);
}

int mp_layer_set(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    MpSlot *slot = method->slot;
    if (!claim(slot, lua_touserdata(L, lua_upvalueindex(1))))
        return luaL_error(L, "%s.%s is patched by another Lua machine of this process",
                          method->owner, method->name);
    uncover(slot);
    mp_layer_unlink(L, &slot->layers);
    MpLayer **end = &slot->layers;
    int count = (int)lua_objlen(L, 2);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, i);
        *end = mp_layer_link(L);
        end = &(*end)->below;
        lua_pop(L, 1);
    }
    if (slot->layers) {
        atomic_fetch_or(&slot->redirect, MP_REDIRECT_PATCHED);
        atomic_store(&slot->body, method->thunk);
    } else {
        mp_foreign_forget(lua_touserdata(L, lua_upvalueindex(1)), L, method);
        atomic_store(&slot->owner, NULL);
    }
    return 0;
}

void mp_layer_drop(const MpVm *vm, MpSlot *slot)
{
    if (atomic_load(&slot->owner) != vm)
        return;
    uncover(slot);
    slot->layers = NULL;
    atomic_store(&slot->owner, NULL);
}
