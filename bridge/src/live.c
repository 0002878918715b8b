#include "live.h"

#include "handle.h"

#include <string.h>

/* While objects are visited none may be made known to Lua, as that may collect others: what is
   found is kept here meanwhile. */

/* ---- counting ------------------------------------------------------------------------------ */

enum { CLASSES = 512 }; /* of objects beyond that many classes nothing is told */

typedef struct Counts {
    const MpClass *classes[CLASSES];
    size_t counts[CLASSES];
    size_t used, last;
} Counts;

static void count(void *user, const MpObject *object)
{
    Counts *counts = user;
    size_t at = counts->last; /* objects of a class often come in a row */
    if (at >= counts->used || counts->classes[at] != object->class_of)
        for (at = 0; at < counts->used && counts->classes[at] != object->class_of;)
            at++;
    if (at == CLASSES)
        return;
    if (at == counts->used)
        counts->classes[counts->used++] = object->class_of;
    counts->counts[at]++;
    counts->last = at;
}

int mp_live_counts(lua_State *L)
{
    Counts counts = {0};
    mp_object_table_visit(count, &counts);
    lua_newtable(L);
    for (size_t i = 0; i < counts.used; i++) {
        lua_pushnumber(L, (lua_Number)counts.counts[i]);
        lua_setfield(L, -2, counts.classes[i]->name);
    }
    return 1;
}

/* ---- listing ------------------------------------------------------------------------------- */

typedef struct Search {
    const char *name;
    size_t skip, count;
    MpHandle found[MP_LIVE_MOST];
} Search;

static void find(void *user, const MpObject *object)
{
    Search *search = user;
    if (search->count == MP_LIVE_MOST || strcmp(object->class_of->name, search->name) != 0)
        return;
    if (search->skip)
        search->skip--;
    else
        search->found[search->count++] = (MpHandle){object->index, object->generation};
}

int mp_live_objects(lua_State *L)
{
    MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer first = lua_tointeger(L, 2);
    Search search = {.name = lua_tostring(L, 1), .skip = first > 1 ? (size_t)first - 1 : 0};
    mp_object_table_visit(find, &search);
    lua_newtable(L);
    int listed = 0;
    for (size_t i = 0; i < search.count; i++) {
        const MpObject *object = mp_handle_resolve(search.found[i]);
        if (!object)
            continue;
        mp_push_object(vm, L, object);
        lua_rawseti(L, -2, ++listed);
    }
    return 1;
}
