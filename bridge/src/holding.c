/*
 * holding.c - who holds what in a VM.
 */
#include "table.h"
#include "vm.h"

#include <stdio.h>

typedef void Visit(void *user, const MpHolding *holding);

/* Visits the entries of the list on the stack's top, which bridge/lua/holding.lua made. */
static void visit_list(lua_State *L, Visit *visit, void *user)
{
    int count = (int)lua_objlen(L, -1);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        lua_getfield(L, -1, "owner");
        lua_getfield(L, -2, "what");
        lua_getfield(L, -3, "count");
        visit(user, &(MpHolding){.owner = lua_tostring(L, -3),
                                 .what = lua_tostring(L, -2),
                                 .count = (size_t)lua_tointeger(L, -1)});
        lua_pop(L, 4);
    }
}

static void visit_tables(const MpVm *vm, Visit *visit, void *user)
{
    size_t count = 0;
    char text[64];
    for (const MpTable *table = vm->tables; table; table = table->next)
        count++;
    snprintf(text, sizeof text, "tables not freed: %zu", count);
    if (count)
        visit(user, &(MpHolding){.owner = "program", .what = text, .count = count});
}

void mp_vm_each_holding(MpVm *vm, void (*visit)(void *user, const MpHolding *holding), void *user)
{
    lua_State *L = vm->main;
    lua_gc(L, LUA_GCCOLLECT, 0);
    mp_vm_enter(vm);
    if (mp_half_call(vm, "holdings", 0, 1))
        visit_list(L, visit, user);
    else
        mp_vm_log(vm, MP_SEVERITY_ERROR, "holdings: %s", lua_tostring(L, -1));
    lua_pop(L, 1);
    visit_tables(vm, visit, user);
    vm->depth--;
}
