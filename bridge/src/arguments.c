/*
 * arguments.c - any number of Lua values, as C reads them and as patches get them.
 */
#include "moonpatch/arguments.h"

#include "binding.h"
#include "handle.h"
#include "moonpatch/glue_arguments.h"

#include <limits.h>
#include <stdio.h>

/* ---- C reads ------------------------------------------------------------------------------ */

static const MpArgument *at(const MpArguments *arguments, int index)
{
    static const MpArgument nil = {.type = MP_ARGUMENT_NIL};
    return index >= 1 && index <= arguments->count ? &arguments->list[index - 1] : &nil;
}

MpArgumentType mp_arguments_type(const MpArguments *arguments, int index)
{
    return at(arguments, index)->type;
}

/* Takes note of what was expected, the first time; returns false. */
static bool bad(MpArguments *arguments, int index, const char *expected)
{
    if (!arguments->bad) {
        arguments->bad = index;
        snprintf(arguments->expected, sizeof arguments->expected, "%s", expected);
    }
    return false;
}

bool mp_arguments_number(MpArguments *arguments, int index, double *number)
{
    const MpArgument *argument = at(arguments, index);
    if (argument->type != MP_ARGUMENT_NUMBER)
        return bad(arguments, index, "number");
    *number = argument->number;
    return true;
}

/* The 64 bits of a whole number from `low` up to, but not including, `end`. */
static bool read_whole(const MpArgument *argument, double low, double end, uint64_t *bits)
{
    double number = argument->number;
    if (argument->type != MP_ARGUMENT_NUMBER || !(number >= low && number < end))
        return false;
    *bits = number < 0 ? (uint64_t)(int64_t)number : (uint64_t)number;
    return number < 0 ? (double)(int64_t)*bits == number : (double)*bits == number;
}

bool mp_arguments_int64(MpArguments *arguments, int index, int64_t *number)
{
    const MpArgument *argument = at(arguments, index);
    uint64_t bits = argument->uint64;
    bool fits = argument->type == MP_ARGUMENT_INT64 ||
                (argument->type == MP_ARGUMENT_UINT64 && bits <= INT64_MAX) ||
                read_whole(argument, -0x1p63, 0x1p63, &bits);
    if (!fits)
        return bad(arguments, index, "64-bit integer");
    *number = (int64_t)bits;
    return true;
}

bool mp_arguments_uint64(MpArguments *arguments, int index, uint64_t *number)
{
    const MpArgument *argument = at(arguments, index);
    uint64_t bits = argument->uint64;
    bool fits = argument->type == MP_ARGUMENT_UINT64 ||
                (argument->type == MP_ARGUMENT_INT64 && argument->int64 >= 0) ||
                read_whole(argument, 0, 0x1p64, &bits);
    if (!fits)
        return bad(arguments, index, "64-bit integer from 0");
    *number = bits;
    return true;
}

bool mp_arguments_int(MpArguments *arguments, int index, int *number)
{
    const MpArgument *argument = at(arguments, index);
    uint64_t bits = 0;
    if (!read_whole(argument, INT_MIN, (double)INT_MAX + 1, &bits))
        return bad(arguments, index, "integer");
    *number = (int)(int64_t)bits;
    return true;
}

bool mp_arguments_bool(MpArguments *arguments, int index, bool *boolean)
{
    const MpArgument *argument = at(arguments, index);
    if (argument->type != MP_ARGUMENT_BOOL)
        return bad(arguments, index, "boolean");
    *boolean = argument->boolean;
    return true;
}

const char *mp_arguments_string(MpArguments *arguments, int index, size_t *length)
{
    const MpArgument *argument = at(arguments, index);
    if (argument->type != MP_ARGUMENT_STRING ||
        (!length && memchr(argument->string, '\0', argument->length))) {
        bad(arguments, index, "string");
        return NULL;
    }
    if (length)
        *length = argument->length;
    return argument->string;
}

MpObject *mp_arguments_object(MpArguments *arguments, int index, const MpClass *class_of)
{
    const MpArgument *argument = at(arguments, index);
    if (argument->type != MP_ARGUMENT_OBJECT || !mp_object_is(argument->object, class_of)) {
        bad(arguments, index, class_of->name);
        return NULL;
    }
    return argument->object;
}

/* ---- from Lua ----------------------------------------------------------------------------- */

/* Numbers of the FFI are told apart in bridge/lua/binding/convert.lua. */
static MpArgument read_cdata(const MpVm *vm, lua_State *L, int index)
{
    MpArgument argument = {.type = MP_ARGUMENT_OTHER, .string = "value struct"};
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "integer_kind");
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
    const char *kind = lua_tostring(L, -1);
    if (kind) {
        argument.type = *kind == 'u' ? MP_ARGUMENT_UINT64 : MP_ARGUMENT_INT64;
        memcpy(&argument.uint64, lua_topointer(L, index), sizeof argument.uint64);
    }
    lua_pop(L, 2);
    return argument;
}

static MpArgument read_userdata(MpVm *vm, lua_State *L, const MpMethod *method, int index,
                                int first)
{
    const MpHandle *handle = lua_touserdata(L, index);
    if (!mp_handle_class(vm, L, index))
        return (MpArgument){.type = MP_ARGUMENT_OTHER, .string = "userdata"};
    MpObject *object = mp_handle_resolve(*handle);
    if (!object) {
        char name[64];
        mp_describe(L, index, name, sizeof name);
        mp_refuse(L, vm, "%s.%s: argument %d of ...: this %s (#%d) was destroyed", method->owner,
                  method->name, index - first + 1, name, (int)handle->index);
    }
    return (MpArgument){.type = MP_ARGUMENT_OBJECT, .object = object};
}

static MpArgument read_argument(lua_State *L, const MpMethod *method, int index, int first)
{
    enum { TYPE_CDATA = 10 }; /* LuaJIT's own; lua.h has no name for it */
    MpVm *vm = mp_wrapper_vm(L);
    MpArgument argument = {.type = MP_ARGUMENT_OTHER};
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return (MpArgument){.type = MP_ARGUMENT_NIL};
    case LUA_TBOOLEAN:
        return mp_argument_bool(lua_toboolean(L, index));
    case LUA_TNUMBER:
        return mp_argument_number(lua_tonumber(L, index));
    case LUA_TSTRING:
        argument.type = MP_ARGUMENT_STRING;
        argument.string = lua_tolstring(L, index, &argument.length);
        return argument;
    case LUA_TUSERDATA:
        return read_userdata(vm, L, method, index, first);
    case TYPE_CDATA:
        return read_cdata(vm, L, index);
    default:
        argument.string = luaL_typename(L, index);
        return argument;
    }
}

/* A registry reference to {arguments from `first` to `last`}. */
static int keep_values(lua_State *L, int first, int last)
{
    lua_createtable(L, last - first + 1, 0);
    for (int index = first; index <= last; index++) {
        lua_pushvalue(L, index);
        lua_rawseti(L, -2, index - first + 1);
    }
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

MpArguments mp_arg_rest(lua_State *L, const MpMethod *method, int first)
{
    int last = lua_gettop(L), count = last >= first ? last - first + 1 : 0;
    MpArguments arguments = {.count = count, .vm = mp_wrapper_vm(L)};
    if (!count)
        return arguments;
    luaL_checkstack(L, LUA_MINSTACK, "too many arguments");
    MpArgument *list = lua_newuserdata(L, (size_t)count * sizeof *list);
    bool others = false;
    for (int i = 0; i < count; i++) {
        list[i] = read_argument(L, method, first + i, first);
        others = others || list[i].type == MP_ARGUMENT_OTHER;
    }
    if (others)
        arguments.others = keep_values(L, first, last);
    arguments.list = list;
    return arguments;
}

void mp_arg_rest_end(lua_State *L, const MpMethod *method, int first, const MpArguments *arguments)
{
    if (arguments->others)
        luaL_unref(L, LUA_REGISTRYINDEX, arguments->others);
    if (!arguments->bad)
        return;
    char got[64] = "nil"; /* also where there is no argument, but what mp_arg_rest() pushed */
    if (at(arguments, arguments->bad)->type != MP_ARGUMENT_NIL)
        mp_describe(L, first + arguments->bad - 1, got, sizeof got);
    mp_refuse(L, arguments->vm, "%s.%s: argument %d of ...: %s expected, got %s", method->owner,
              method->name, arguments->bad, arguments->expected, got);
}

/* ---- to Lua ------------------------------------------------------------------------------- */

/* Pushes a 64-bit integer, which only the FFI can make. */
static void push_integer(const MpCall *call, const MpArgument *argument)
{
    lua_State *L = call->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->vm->half);
    lua_getfield(L, -1, argument->type == MP_ARGUMENT_INT64 ? "int64_at" : "uint64_at");
    lua_remove(L, -2);
    lua_pushlightuserdata(L, (void *)(uintptr_t)&argument->uint64);
    if (lua_pcall(L, 1, 1, 0) != 0) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

/* A Lua value that C only hands on; one of another VM cannot be. */
static void push_other(const MpCall *call, const MpArguments *arguments, int index)
{
    lua_State *L = call->L;
    if (arguments->vm != call->vm || !arguments->others) {
        lua_pushnil(L);
        return;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, arguments->others);
    lua_rawgeti(L, -1, index);
    lua_remove(L, -2);
}

static void push_argument(MpCall *call, const MpArguments *arguments, int index)
{
    const MpArgument *argument = at(arguments, index);
    lua_State *L = call->L;
    switch (argument->type) {
    case MP_ARGUMENT_NIL:
        lua_pushnil(L);
        break;
    case MP_ARGUMENT_BOOL:
        lua_pushboolean(L, argument->boolean);
        break;
    case MP_ARGUMENT_NUMBER:
        lua_pushnumber(L, argument->number);
        break;
    case MP_ARGUMENT_INT64:
    case MP_ARGUMENT_UINT64:
        push_integer(call, argument);
        break;
    case MP_ARGUMENT_STRING:
        lua_pushlstring(L, argument->string, argument->length);
        break;
    case MP_ARGUMENT_OBJECT:
        mp_call_push_handle(call, argument->object);
        break;
    case MP_ARGUMENT_OTHER:
        push_other(call, arguments, index);
        break;
    }
}

int mp_call_push_rest(MpCall *call, const MpArguments *arguments)
{
    int count = arguments ? arguments->count : 0;
    if (!lua_checkstack(call->L, count + LUA_MINSTACK)) {
        mp_vm_log(call->vm, MP_SEVERITY_ERROR,
                  "%s.%s: %d arguments are too many for Lua: it got none",
                  call->slot->method->owner, call->slot->method->name, count);
        return 0;
    }
    for (int index = 1; index <= count; index++)
        push_argument(call, arguments, index);
    return count;
}
