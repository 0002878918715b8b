#include "hand.h"

#include "subject.gen.h"

#include <lauxlib.h>

/* A type of userdata, and the registry reference of {[number] = userdata}, weak, of the objects
 * that Lua knows. Written for one Lua state at a time. */
typedef struct Type {
    const char *name;
    int known;
} Type;

static Type subject_type = {.name = "bench.Subject"};
static Type fields_type = {.name = "bench.Fields"};
static Type thing_type = {.name = "bench.Thing"};
static Type token_type = {.name = "bench.Token"};
static Type pair_type = {.name = "bench.Vec2"};
static Type place_type = {.name = "bench.Vec3"};

/* ---- values in ---------------------------------------------------------------------------- */

static Subject *check_subject(lua_State *L, int index)
{
    return *(Subject **)luaL_checkudata(L, index, subject_type.name);
}

static Subject *check_fields(lua_State *L, int index)
{
    return *(Subject **)luaL_checkudata(L, index, fields_type.name);
}

/* A Thing, or what derives from it. */
static Thing *check_thing(lua_State *L, int index)
{
    Subject **derived = luaL_testudata(L, index, subject_type.name);
    return derived ? &(*derived)->thing : *(Thing **)luaL_checkudata(L, index, thing_type.name);
}

static Token *check_token(lua_State *L, int index)
{
    return *(Token **)luaL_checkudata(L, index, token_type.name);
}

static Vec2 check_pair(lua_State *L, int index)
{
    return *(Vec2 *)luaL_checkudata(L, index, pair_type.name);
}

static Vec3 check_place(lua_State *L, int index)
{
    return *(Vec3 *)luaL_checkudata(L, index, place_type.name);
}

static int check_int(lua_State *L, int index) { return (int)luaL_checkinteger(L, index); }

static float check_float(lua_State *L, int index) { return (float)luaL_checknumber(L, index); }

static Mood check_mood(lua_State *L, int index) { return (Mood)luaL_checkinteger(L, index); }

static bool check_bool(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TBOOLEAN);
    return lua_toboolean(L, index);
}

/* ---- values out --------------------------------------------------------------------------- */

static void *push_userdata(lua_State *L, size_t size, const Type *type)
{
    void *memory = lua_newuserdata(L, size);
    luaL_getmetatable(L, type->name);
    lua_setmetatable(L, -2);
    return memory;
}

static int push_object(lua_State *L, void *object, int number, const Type *type)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, type->known);
    lua_rawgeti(L, -1, number);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        *(void **)push_userdata(L, sizeof object, type) = object;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, number);
    }
    lua_remove(L, -2);
    return 1;
}

void hand_forget_subject(lua_State *L, Subject *subject)
{
    hand_push_subject(L, subject);
    *(void **)lua_touserdata(L, -1) = NULL;
    lua_rawgeti(L, LUA_REGISTRYINDEX, subject_type.known);
    lua_pushnil(L);
    lua_rawseti(L, -2, subject->number);
    lua_pop(L, 2);
}

int hand_push_subject(lua_State *L, Subject *subject)
{
    return push_object(L, subject, subject->number, &subject_type);
}

static int push_fields(lua_State *L, Subject *subject)
{
    return push_object(L, subject, subject->number, &fields_type);
}

/* There is one. */
int hand_push_token(lua_State *L, Token *token) { return push_object(L, token, 1, &token_type); }

int hand_push_pair(lua_State *L, Vec2 pair)
{
    *(Vec2 *)push_userdata(L, sizeof pair, &pair_type) = pair;
    return 1;
}

static int push_place(lua_State *L, Vec3 place)
{
    *(Vec3 *)push_userdata(L, sizeof place, &place_type) = place;
    return 1;
}

static int push_int(lua_State *L, int number)
{
    lua_pushinteger(L, number);
    return 1;
}

static int push_mood(lua_State *L, Mood mood) { return push_int(L, (int)mood); }

static int push_float(lua_State *L, float number)
{
    lua_pushnumber(L, (lua_Number)number);
    return 1;
}

static int push_bool(lua_State *L, bool truth)
{
    lua_pushboolean(L, truth);
    return 1;
}

static int push_text(lua_State *L, const char *text)
{
    lua_pushstring(L, text);
    return 1;
}

/* ---- functions ---------------------------------------------------------------------------- */

#define SELF check_subject(L, 1)

/* X(name, how the result is pushed, arguments): calls subject_<name>. */
#define METHODS(X)                                                        \
    X(damage, push_int, (SELF, check_int(L, 2)))                          \
    X(distance, push_float, (SELF, check_float(L, 2), check_float(L, 3))) \
    X(halfway, hand_push_pair, (SELF, check_pair(L, 2)))                  \
    X(take_int, push_int, (SELF, check_int(L, 2)))                        \
    X(take_object, push_int, (SELF, check_token(L, 2)))                   \
    X(take_pair, push_int, (SELF, check_pair(L, 2)))                      \
    X(take_place, push_int, (SELF, check_place(L, 2)))                    \
    X(take_two, push_int, (SELF, check_int(L, 2), check_int(L, 3)))       \
    X(take_enum, push_int, (SELF, check_mood(L, 2)))                      \
    X(take_string, push_int, (SELF, luaL_checkstring(L, 2)))              \
    X(take_give, hand_push_token, (SELF))                                 \
    X(take_where, push_place, (SELF))                                     \
    X(take_title, push_text, (SELF))

#define STATICS(X)                                                   \
    X(shared_int, push_int, ())                                      \
    X(shared_object, hand_push_token, ())                            \
    X(shared_pair, hand_push_pair, ())                               \
    X(shared_place, push_place, ())                                  \
    X(static_take_int, push_int, (check_int(L, 1)))                  \
    X(static_take_object, push_int, (check_token(L, 1)))             \
    X(static_take_pair, push_int, (check_pair(L, 1)))                \
    X(static_take_place, push_int, (check_place(L, 1)))              \
    X(static_take_two, push_int, (check_int(L, 1), check_int(L, 2))) \
    X(static_take_base, push_int, (check_thing(L, 1)))

#define STATIC_SETTERS(X)                \
    X(share_int, (check_int(L, 1)))      \
    X(share_object, (check_token(L, 1))) \
    X(share_pair, (check_pair(L, 1)))    \
    X(share_place, (check_place(L, 1)))

#define DEFINE_FUNCTION(name, push, arguments) \
    static int name(lua_State *L) { return push(L, MP_NATIVE(subject_##name) arguments); }
#define DEFINE_SETTER(name, arguments)       \
    static int name(lua_State *L)            \
    {                                        \
        MP_NATIVE(subject_##name) arguments; \
        return 0;                            \
    }
METHODS(DEFINE_FUNCTION)
STATICS(DEFINE_FUNCTION)
STATIC_SETTERS(DEFINE_SETTER)

static int take_weigh(lua_State *L)
{
    return push_int(L, MP_NATIVE(thing_take_weigh)(check_thing(L, 1), check_int(L, 2)));
}

static int new_pair(lua_State *L)
{
    return hand_push_pair(L, (Vec2){check_float(L, 1), check_float(L, 2)});
}

/* ---- members of values -------------------------------------------------------------------- */

/* Upvalue: how many numbers the value has. */
static int index_value(lua_State *L)
{
    int count = (int)lua_tointeger(L, lua_upvalueindex(1));
    const float *numbers = luaL_checkudata(L, 1, count == 2 ? pair_type.name : place_type.name);
    int index = *luaL_checkstring(L, 2) - 'x';
    return index >= 0 && index < count ? push_float(L, numbers[index]) : 0;
}

/* ---- fields ------------------------------------------------------------------------------- */

/*
 * A userdata with methods has a table for __index, which is the fastest. Fields need a function
 * there, so that methods would pay for them; the fields therefore belong to a userdata of their
 * own, and each is measured at its best.
 */

/* X(name, member, how it is pushed, how it is read) */
#define FIELDS(X)                                 \
    X(id, thing.id, push_int, check_int)          \
    X(x, x, push_float, check_float)              \
    X(y, y, push_float, check_float)              \
    X(hp, hp, push_int, check_int)                \
    X(awake, awake, push_bool, check_bool)        \
    X(mood, mood, push_mood, check_mood)          \
    X(pair, pair, hand_push_pair, check_pair)     \
    X(place, place, push_place, check_place)      \
    X(token, token, hand_push_token, check_token) \
    X(next, next, push_fields, check_fields)      \
    X(held, held, hand_push_token, check_token)   \
    X(level, level, push_int, check_int)

#define FIELD_NUMBER(name, member, push, check) FIELD_##name,
#define PUSH_FIELD(name, member, push, check) \
    case FIELD_##name:                        \
        return push(L, self->member);
#define READ_FIELD(name, member, push, check) \
    case FIELD_##name:                        \
        self->member = check(L, 3);           \
        break;
enum Field { FIELDS(FIELD_NUMBER) };

/* Argument 1, and the field that argument 2 names. Upvalue: {[name] = number} */
static Subject *check_field(lua_State *L, enum Field *field)
{
    Subject *self = check_fields(L, 1);
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    if (lua_isnil(L, -1))
        luaL_error(L, "no field %s", lua_tostring(L, 2));
    *field = (enum Field)lua_tointeger(L, -1);
    return self;
}

static int index_fields(lua_State *L)
{
    enum Field field;
    const Subject *self = check_field(L, &field);
    switch (field) {
        FIELDS(PUSH_FIELD)
    }
    return 0;
}

static int newindex_fields(lua_State *L)
{
    enum Field field;
    Subject *self = check_field(L, &field);
    switch (field) {
        FIELDS(READ_FIELD)
    }
    return 0;
}

/* ---- the binding -------------------------------------------------------------------------- */

#define ENTRY(name, ...) {#name, name},
#define ADD_FIELD(name, ...)          \
    lua_pushinteger(L, FIELD_##name); \
    lua_setfield(L, -2, #name);

/* Pushes a new metatable. */
static void create_type(lua_State *L, Type *type)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    type->known = luaL_ref(L, LUA_REGISTRYINDEX);
    luaL_newmetatable(L, type->name);
}

static void create_value_type(lua_State *L, Type *type, int count)
{
    create_type(L, type);
    lua_pushinteger(L, count);
    lua_pushcclosure(L, index_value, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

static void create_types(lua_State *L)
{
    static const luaL_Reg methods[] = {
        METHODS(ENTRY){"take_weigh", take_weigh},
        {NULL, NULL},
    };
    create_value_type(L, &pair_type, 2);
    create_value_type(L, &place_type, 3);
    create_type(L, &thing_type);
    create_type(L, &token_type);
    create_type(L, &subject_type);
    lua_newtable(L);
    luaL_register(L, NULL, methods);
    lua_setfield(L, -2, "__index");
    create_type(L, &fields_type);
    lua_newtable(L);
    FIELDS(ADD_FIELD)
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, index_fields, 1);
    lua_setfield(L, -3, "__index");
    lua_pushcclosure(L, newindex_fields, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pop(L, 4);
}

static void add_list(lua_State *L, const char *name, Subject *subjects, int count,
                     int (*push)(lua_State *, Subject *))
{
    lua_newtable(L);
    for (int i = 0; i < count; i++) {
        push(L, &subjects[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, name);
}

void hand_push_binding(lua_State *L, Subject *subjects, int count)
{
    static const luaL_Reg statics[] = {STATICS(ENTRY) STATIC_SETTERS(ENTRY){NULL, NULL}};
    create_types(L);
    lua_newtable(L);
    add_list(L, "subjects", subjects, count, hand_push_subject);
    add_list(L, "fields", subjects, count, push_fields);
    hand_push_token(L, subjects->token);
    lua_setfield(L, -2, "token");
    hand_push_pair(L, subjects->pair);
    lua_setfield(L, -2, "pair");
    push_place(L, subjects->place);
    lua_setfield(L, -2, "place");
    lua_pushcfunction(L, new_pair);
    lua_setfield(L, -2, "Vec2");
    lua_newtable(L);
    luaL_register(L, NULL, statics);
    lua_setfield(L, -2, "statics");
}
