#include "handle.h"

#include <stdlib.h>
#include <string.h>

/* Pushes the metatable of the class, or of its nearest base that this VM knows. */
static bool push_metatable(MpVm *vm, lua_State *L, const MpClass *class_of)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->metatables);
    for (; class_of; class_of = class_of->base) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)class_of);
        lua_rawget(L, -2);
        if (!lua_isnil(L, -1)) {
            lua_remove(L, -2);
            return true;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return false;
}

static void create_handle(MpVm *vm, lua_State *L, int handles, const MpObject *object)
{
    if (!push_metatable(vm, L, object->class_of)) {
        mp_vm_log(vm, MP_SEVERITY_WARNING,
                  "class %s has no binding: register its module with mp_vm_register",
                  object->class_of->name);
        lua_pushnil(L);
        return;
    }
    MpHandle *handle = lua_newuserdata(L, sizeof *handle);
    *handle = (MpHandle){.index = object->index, .generation = object->generation};
    mp_object_hold((MpObject *)(uintptr_t)object);
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawseti(L, handles, (int)object->index);
}

void mp_handle_push(MpVm *vm, lua_State *L, int handles, const MpObject *object)
{
    if (!object || !object->index) {
        lua_pushnil(L);
        return;
    }
    lua_rawgeti(L, handles, (int)object->index);
    const MpHandle *handle = lua_touserdata(L, -1);
    if (!handle || handle->generation != object->generation) {
        lua_pop(L, 1);
        create_handle(vm, L, handles, object);
    }
}

void mp_push_object(MpVm *vm, lua_State *L, const MpObject *object)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->handles);
    mp_handle_push(vm, L, lua_gettop(L), object);
    lua_replace(L, -2);
}

/* ---- handles of shared objects hold them -------------------------------------------------- */

/*
 * Collecting a handle only takes note of it: the object's destructor may run any code of the game,
 * and the collector may be at work in the middle of any other.
 */
int mp_handle_collect(lua_State *L)
{
    MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    const MpHandle *handle = lua_touserdata(L, 1);
    if (!handle || !mp_handle_resolve(*handle))
        return 0;
    if (vm->dropped_count == vm->dropped_room) {
        size_t room = vm->dropped_room ? vm->dropped_room * 2 : 64;
        MpHandle *grown = realloc(vm->dropped, room * sizeof *grown);
        if (!grown)
            return 0; /* the object outlives its use: the lesser evil */
        vm->dropped = grown;
        vm->dropped_room = room;
    }
    vm->dropped[vm->dropped_count++] = *handle;
    return 0;
}

void mp_handle_release_dropped(MpVm *vm)
{
    /* A destructor may drop further handles: the list may grow and move meanwhile. */
    while (vm->dropped_count > 0) {
        MpHandle handle = vm->dropped[--vm->dropped_count];
        mp_object_release(mp_handle_resolve(handle));
    }
}

const MpClass *mp_handle_class(MpVm *vm, lua_State *L, int index)
{
    const MpClass *class_of = NULL;
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return NULL;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->metatables);
    lua_insert(L, -2);
    lua_rawget(L, -2);
    class_of = lua_touserdata(L, -1);
    lua_pop(L, 2);
    return class_of;
}

bool mp_handle_read(MpVm *vm, lua_State *L, int index, const MpClass *class_of, MpObject **object)
{
    if (lua_isnil(L, index)) {
        *object = NULL;
        return true;
    }
    const MpClass *own = mp_handle_class(vm, L, index);
    if (!own || (class_of && !mp_is_derived(own, class_of)))
        return false;
    const MpHandle *handle = lua_touserdata(L, index);
    MpObject *found = mp_handle_resolve(*handle);
    if (found)
        *object = found;
    return found != NULL;
}

/* The sign of "not a number" differs between machines, and means nothing. */
static void describe_number(lua_Number number, char *text, size_t size)
{
    if (number == number)
        snprintf(text, size, "%.14g", number);
    else
        snprintf(text, size, "nan");
}

static void describe_string(const char *string, size_t length, char *text, size_t size)
{
    const char *what = memchr(string, '\0', length) ? "string with a zero byte" : "string";
    snprintf(text, size, "%s", what);
}

/* The metatable's __name is written by bridge/lua/binding/class.lua alone: scripts cannot reach it.
 */
static void describe_userdata(lua_State *L, int index, char *text, size_t size)
{
    const char *name = NULL;
    if (lua_getmetatable(L, index)) {
        lua_pushliteral(L, "__name");
        lua_rawget(L, -2);
        name = lua_tostring(L, -1);
        snprintf(text, size, "%s", name ? name : "userdata");
        lua_pop(L, 2);
    } else {
        snprintf(text, size, "userdata");
    }
}

/* What the FFI says of it: "5LL", or the tostring that bridge/lua/binding/value.lua gives to
 * values. */
static void describe_cdata(lua_State *L, int index, char *text, size_t size)
{
    lua_pushvalue(L, index);
    bool told = luaL_getmetafield(L, -1, "__tostring");
    if (told) {
        lua_insert(L, -2);
        told = lua_pcall(L, 1, 1, 0) == 0 && lua_isstring(L, -1);
    }
    snprintf(text, size, "%s", told ? lua_tostring(L, -1) : "value struct");
    lua_pop(L, 1);
}

void mp_describe(lua_State *L, int index, char *text, size_t size)
{
    size_t length;
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        describe_number(lua_tonumber(L, index), text, size);
        break;
    case LUA_TSTRING: {
        const char *string = lua_tolstring(L, index, &length);
        describe_string(string, length, text, size);
        break;
    }
    case LUA_TUSERDATA:
        describe_userdata(L, index, text, size);
        break;
    case MP_TYPE_CDATA:
        describe_cdata(L, index, text, size);
        break;
    case LUA_TNONE:
        snprintf(text, size, "nil");
        break;
    default:
        snprintf(text, size, "%s", lua_typename(L, lua_type(L, index)));
        break;
    }
}
