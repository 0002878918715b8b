/*
 * binding.c - Lua calls C: what the generated wrappers are made of.
 *
 * All arguments are read before the C body runs, so an error never jumps over a body.
 */
#include "binding.h"

#include "handle.h"

#include <stdio.h>
#include <string.h>

/* Pushes "file:line: " of the innermost function that is not the bridge's own Lua, nor of the
 * host's library, unless there is no other. */
static void push_where(lua_State *L)
{
    static const char own[] = MP_CHUNK_PREFIX;
    lua_Debug at;
    lua_pushliteral(L, "");
    bool is_found = false;
    for (int level = 1; lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "Sl", &at);
        bool is_game = *at.source != MP_CHUNK_NOT_OF_GAME;
        if (at.currentline <= 0 || (is_found && !is_game) ||
            strncmp(at.source, own, sizeof own - 1) == 0)
            continue;
        lua_pop(L, 1);
        lua_pushfstring(L, "%s:%d: ", at.short_src, at.currentline);
        if (is_game)
            return;
        is_found = true;
    }
}

int mp_raise(lua_State *L, const char *format, ...)
{
    va_list arguments;
    push_where(L);
    va_start(arguments, format);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_concat(L, 2);
    return lua_error(L);
}

int mp_refuse(lua_State *L, MpVm *vm, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(vm->refusal, sizeof vm->refusal, format, arguments);
    va_end(arguments);
    return mp_raise(L, "%s", vm->refusal);
}

void mp_push_mismatch(MpVm *vm, lua_State *L, int index, const char *words)
{
    lua_pushvalue(L, index);
    lua_pushstring(L, words);
    lua_insert(L, -2);
    mp_half_call_on(vm, L, "mismatch", 2, 1); /* the text, or an error's: out of memory */
}

void mp_arg_bad(lua_State *L, const MpMethod *method, int index)
{
    const MpParameter *parameter = &method->parameters[index - 1];
    lua_settop(L, index > lua_gettop(L) ? index : lua_gettop(L));
    mp_push_mismatch(mp_wrapper_vm(L), L, index, parameter->words);
    mp_raise(L, "%s.%s: %s: %s", method->owner, method->name, parameter->name, lua_tostring(L, -1));
}

void mp_arg_surplus(lua_State *L, const MpMethod *method, int count)
{
    int index = lua_gettop(L);
    while (index > count && lua_isnil(L, index))
        index--;
    if (index > count)
        mp_raise(L, "%s.%s: too many arguments (%d expected)", method->owner, method->name,
                 (int)method->parameter_count - (method->class_of != NULL));
}

/* No live object of the class: a dead one, or something else altogether? */
MpObject *mp_arg_no_object(lua_State *L, const MpMethod *method, int index)
{
    const MpHandle *handle = lua_touserdata(L, index);
    if (mp_handle_class(mp_wrapper_vm(L), L, index) && !mp_handle_resolve(*handle)) {
        char name[64];
        mp_describe(L, index, name, sizeof name);
        mp_raise(L, "%s.%s: %s: this %s (#%d) was destroyed", method->owner, method->name,
                 method->parameters[index - 1].name, name, (int)handle->index);
    }
    mp_arg_bad(L, method, index);
    return NULL;
}

void mp_arg_destroyable(lua_State *L, const MpMethod *method, const MpObject *object)
{
    uint32_t holds = mp_object_table[object->index].holds;
    if (mp_is_shared(object->class_of) && holds > 1)
        mp_raise(L, "%s.%s: C still holds this %s (%d times): it ends when C lets go of it",
                 method->owner, method->name, object->class_of->name, (int)holds - 1);
}

/* ---- scalars ------------------------------------------------------------------------------ */

bool mp_arg_bool(lua_State *L, const MpMethod *method, int index)
{
    if (lua_type(L, index) != LUA_TBOOLEAN)
        mp_arg_bad(L, method, index);
    return lua_toboolean(L, index);
}

const char *mp_read_string(lua_State *L, int index)
{
    size_t length = 0;
    const char *text = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
    return text && !memchr(text, '\0', length) ? text : NULL;
}

const char *mp_arg_string(lua_State *L, const MpMethod *method, int index)
{
    const char *text = mp_read_string(L, index);
    if (!text)
        mp_arg_bad(L, method, index);
    return text;
}

const char *mp_arg_bytes(lua_State *L, const MpMethod *method, int index, size_t *length,
                         bool optional)
{
    if (optional && lua_isnoneornil(L, index))
        return NULL;
    if (lua_type(L, index) != LUA_TSTRING)
        mp_arg_bad(L, method, index);
    return lua_tolstring(L, index, length);
}

const char mp_native_mark;

bool mp_is_data(lua_State *L, int index)
{
    if (!lua_istable(L, index))
        return false;
    if (!lua_getmetatable(L, index))
        return true;
    lua_pushlightuserdata(L, (void *)(uintptr_t)&mp_native_mark);
    lua_rawget(L, -2);
    bool is_data = lua_isnil(L, -1);
    lua_pop(L, 2);
    return is_data;
}

bool mp_read_enum(lua_State *L, int index, const MpEnum *enumeration, int *value)
{
    bool by_name = lua_type(L, index) == LUA_TSTRING;
    if (!by_name && lua_type(L, index) != LUA_TNUMBER)
        return false;
    for (size_t i = 0; i < enumeration->count; i++) {
        const MpEnumMember *member = &enumeration->members[i];
        if (by_name ? strcmp(lua_tostring(L, index), member->name) == 0
                    : lua_tonumber(L, index) == (double)member->value) {
            *value = member->value;
            return true;
        }
    }
    return false;
}

int mp_arg_enum(lua_State *L, const MpMethod *method, int index, const MpEnum *enumeration)
{
    int value = 0;
    if (!mp_read_enum(L, index, enumeration, &value))
        mp_arg_bad(L, method, index);
    return value;
}

static bool read_flag_list(lua_State *L, int index, const MpEnum *enumeration, int *value)
{
    int count = (int)lua_objlen(L, index);
    bool ok = true;
    *value = 0;
    for (int i = 1; i <= count && ok; i++) {
        int member = 0;
        lua_rawgeti(L, index, i);
        ok = mp_read_enum(L, -1, enumeration, &member);
        *value |= member;
        lua_pop(L, 1);
    }
    return ok;
}

bool mp_read_flags(lua_State *L, int index, const MpEnum *enumeration, int *value)
{
    double number = 0;
    uint32_t all = 0;
    if (mp_is_data(L, index))
        return read_flag_list(L, index, enumeration, value);
    if (!mp_read_whole(L, index, INT32_MIN, UINT32_MAX, &number))
        return mp_read_enum(L, index, enumeration, value);
    for (size_t i = 0; i < enumeration->count; i++)
        all |= (uint32_t)enumeration->members[i].value;
    uint32_t bits = (uint32_t)(int64_t)number;
    *value = (int)bits;
    return (bits & ~all) == 0;
}

int mp_arg_flags(lua_State *L, const MpMethod *method, int index, const MpEnum *enumeration)
{
    int value = 0;
    if (!mp_read_flags(L, index, enumeration, &value))
        mp_arg_bad(L, method, index);
    return value;
}

/* ---- results ------------------------------------------------------------------------------ */

void mp_push_string(lua_State *L, const char *text) { lua_pushstring(L, text); }

void mp_push_bytes(lua_State *L, const void *bytes, size_t length)
{
    if (bytes)
        lua_pushlstring(L, bytes, length);
    else
        lua_pushnil(L);
}

void mp_push_pointer(lua_State *L, const void *place)
{
    if (place)
        lua_pushlightuserdata(L, (void *)(uintptr_t)place);
    else
        lua_pushnil(L);
}

int mp_push_failure(lua_State *L, const MpMethod *method, const MpError *error)
{
    if (error->status == MP_INVALID)
        return mp_refuse(L, mp_wrapper_vm(L), "%s.%s: %s", method->owner, method->name,
                         error->message);
    lua_pushnil(L);
    lua_pushstring(L, error->message);
    return 2;
}
