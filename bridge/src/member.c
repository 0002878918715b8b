#include "member.h"

#include "binding.h"
#include "handle.h"

#include <string.h>

enum { UP_VM = 1, UP_FIELDS };

/* The object of the handle at 1, which is one: nobody else can call a metamethod. */
static MpObject *live_object(lua_State *L, const char *member)
{
    const MpHandle *handle = lua_touserdata(L, 1);
    MpObject *object = mp_handle_resolve(*handle);
    if (!object) {
        char name[64];
        mp_describe(L, 1, name, sizeof name);
        mp_raise(L, "%s.%s: this %s (#%d) was destroyed", name, member, name, (int)handle->index);
    }
    return object;
}

/* The same for a key that is no member; it may be of any type, and stays what it is. */
static void require_live_object(lua_State *L)
{
    lua_pushvalue(L, 2);
    const char *key = lua_tostring(L, -1); /* changes the copy of a number into text */
    live_object(L, key ? key : lua_typename(L, lua_type(L, 2)));
    lua_pop(L, 1);
}

/* ---- reading ------------------------------------------------------------------------------ */

static void push_member(MpVm *vm, lua_State *L, const MpProperty *property, const void *member)
{
    switch (property->kind) {
    case MP_MEMBER_BOOL:
        lua_pushboolean(L, *(const bool *)member);
        break;
    case MP_MEMBER_INT8:
        lua_pushinteger(L, *(const int8_t *)member);
        break;
    case MP_MEMBER_UINT8:
        lua_pushinteger(L, *(const uint8_t *)member);
        break;
    case MP_MEMBER_INT16:
        lua_pushinteger(L, *(const int16_t *)member);
        break;
    case MP_MEMBER_UINT16:
        lua_pushinteger(L, *(const uint16_t *)member);
        break;
    case MP_MEMBER_INT32:
    case MP_MEMBER_ENUM:
    case MP_MEMBER_FLAGS:
        lua_pushinteger(L, *(const int32_t *)member);
        break;
    case MP_MEMBER_UINT32:
        lua_pushnumber(L, *(const uint32_t *)member);
        break;
    case MP_MEMBER_FLOAT:
        lua_pushnumber(L, (lua_Number) * (const float *)member);
        break;
    case MP_MEMBER_DOUBLE:
        lua_pushnumber(L, *(const double *)member);
        break;
    case MP_MEMBER_STRING:
        lua_pushstring(L, *(const char *const *)member);
        break;
    case MP_MEMBER_OBJECT: {
        const MpObject *object; /* copied: C declares it as a pointer to its own class */
        memcpy(&object, member, sizeof object);
        mp_push_object(vm, L, object);
        break;
    }
    case MP_MEMBER_FFI:
        lua_pushnil(L); /* bridge/lua/binding/class.lua gives these to the FFI */
        break;
    }
}

/* The script's own field `key` (2) of the live object (1): see bridge/lua/binding/field.lua. */
static int push_field(lua_State *L)
{
    const MpHandle *handle = lua_touserdata(L, 1);
    lua_rawgeti(L, lua_upvalueindex(UP_FIELDS), (int)handle->index);
    if (!lua_istable(L, -1))
        return 0;
    lua_rawgeti(L, -1, 1);
    if (lua_tonumber(L, -1) != (lua_Number)handle->generation)
        return 0;
    lua_rawgeti(L, -2, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    return 1;
}

static int read_member(lua_State *L)
{
    const MpProperty *property = lua_touserdata(L, 3);
    if (!property) {
        require_live_object(L);
        return push_field(L);
    }
    const char *object = (const char *)live_object(L, property->name);
    push_member(lua_touserdata(L, lua_upvalueindex(UP_VM)), L, property, object + property->offset);
    return 1;
}

int mp_member_reader(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(UP_VM));
    lua_insert(L, 1);
    lua_pushcclosure(L, read_member, 2);
    return 1;
}

/* ---- writing ------------------------------------------------------------------------------ */

static int bad_member(lua_State *L, const MpProperty *property)
{
    mp_push_mismatch(lua_touserdata(L, lua_upvalueindex(UP_VM)), L, 3, property->words);
    return mp_raise(L, "%s.%s: %s", property->class_of->name, property->name, lua_tostring(L, -1));
}

static void write_number(lua_State *L, const MpProperty *property, void *member)
{
    if (lua_type(L, 3) != LUA_TNUMBER)
        bad_member(L, property);
    if (property->kind == MP_MEMBER_FLOAT)
        *(float *)member = (float)lua_tonumber(L, 3);
    else
        *(double *)member = lua_tonumber(L, 3);
}

#define WRITE_INTEGER(name, type, low, high)                                         \
    static void write_##name(lua_State *L, const MpProperty *property, void *member) \
    {                                                                                \
        double number = 0;                                                           \
        if (!mp_read_whole(L, 3, low, high, &number))                                \
            bad_member(L, property);                                                 \
        *(type *)member = (type)number;                                              \
    }
MP_INTEGERS(WRITE_INTEGER)
#undef WRITE_INTEGER

static void write_bool(lua_State *L, const MpProperty *property, void *member)
{
    if (lua_type(L, 3) != LUA_TBOOLEAN)
        bad_member(L, property);
    *(bool *)member = lua_toboolean(L, 3);
}

static void write_enum(lua_State *L, const MpProperty *property, void *member)
{
    int value = 0;
    if (!mp_read_enum(L, 3, property->enumeration, &value))
        bad_member(L, property);
    *(int32_t *)member = value;
}

static void write_flags(lua_State *L, const MpProperty *property, void *member)
{
    int value = 0;
    if (!mp_read_flags(L, 3, property->enumeration, &value))
        bad_member(L, property);
    *(int32_t *)member = value;
}

static void write_member(lua_State *L, const MpProperty *property, void *member)
{
    typedef void Write(lua_State *, const MpProperty *, void *);
    static Write *const writers[] = {
        [MP_MEMBER_BOOL] = write_bool,     [MP_MEMBER_INT8] = write_int8,
        [MP_MEMBER_UINT8] = write_uint8,   [MP_MEMBER_INT16] = write_int16,
        [MP_MEMBER_UINT16] = write_uint16, [MP_MEMBER_INT32] = write_int32,
        [MP_MEMBER_UINT32] = write_uint32, [MP_MEMBER_FLOAT] = write_number,
        [MP_MEMBER_DOUBLE] = write_number, [MP_MEMBER_ENUM] = write_enum,
        [MP_MEMBER_FLAGS] = write_flags,   [MP_MEMBER_FFI] = NULL,
    };
    Write *write = writers[property->kind];
    if (write && !property->readonly)
        write(L, property, member);
    else
        mp_raise(L, "%s.%s is read only", property->class_of->name, property->name);
}

int mp_member_write(lua_State *L)
{
    const MpProperty *property = lua_touserdata(L, 4);
    char *object = (char *)live_object(L, property->name);
    write_member(L, property, object + property->offset);
    return 0;
}
