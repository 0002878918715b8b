#include "listener.h"

#include "layer.h"

#include <stdlib.h>

static MpListener *find(const MpSlot *slot, const MpVm *vm)
{
    MpListener *place = atomic_load(&slot->listeners);
    while (place && atomic_load(&place->vm) != vm)
        place = place->next;
    return place;
}

static MpListener *take_free(const MpSlot *slot, MpVm *vm)
{
    MpListener *place = atomic_load(&slot->listeners);
    MpVm *nobody = NULL;
    while (place && !atomic_compare_exchange_strong(&place->vm, &nobody, vm)) {
        place = place->next;
        nobody = NULL;
    }
    return place;
}

static MpListener *add(MpSlot *slot, MpVm *vm)
{
    MpListener *place = calloc(1, sizeof *place);
    if (!place)
        return NULL;
    atomic_init(&place->vm, vm);
    place->next = atomic_load(&slot->listeners);
    while (!atomic_compare_exchange_weak(&slot->listeners, &place->next, place)) {
    }
    return place;
}

int mp_listener_set(lua_State *L)
{
    const MpMethod *method = lua_touserdata(L, 1);
    MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    lua_settop(L, 2);
    MpListener *place = find(method->slot, vm);
    if (place)
        mp_layer_unlink(L, &place->layer);
    if (lua_isnil(L, 2)) {
        mp_listener_drop(vm, method->slot);
        return 0;
    }
    if (!place)
        place = take_free(method->slot, vm);
    if (!place)
        place = add(method->slot, vm);
    if (!place)
        return luaL_error(L, "no memory for a listener");
    place->layer = mp_layer_link(L);
    return 0;
}

void mp_listener_drop(const MpVm *vm, MpSlot *slot)
{
    MpListener *place = find(slot, vm);
    if (!place)
        return;
    place->layer = NULL;
    atomic_store(&place->vm, NULL);
}

void mp_listener_free_all(MpSlot *slot)
{
    for (const MpListener *place = atomic_load(&slot->listeners); place; place = place->next) {
        if (atomic_load(&place->vm))
            return;
    }
    for (MpListener *place = atomic_exchange(&slot->listeners, NULL), *next; place; place = next) {
        next = place->next;
        free(place);
    }
}
