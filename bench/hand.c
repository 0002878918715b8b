#include "hand.h"

#include "hand_values.h"
#include "subject.gen.h"

HandType hand_subject_type = {.name = "bench.Subject"};
HandType hand_fields_type = {.name = "bench.Fields"};
HandType hand_thing_type = {.name = "bench.Thing"};
HandType hand_token_type = {.name = "bench.Token"};
HandType hand_pair_type = {.name = "bench.Vec2"};
HandType hand_place_type = {.name = "bench.Vec3"};

/* ---- functions ---------------------------------------------------------------------------- */

#define SELF check_subject(L, 1)

/* X(name, how the result is pushed, arguments): calls subject_<name>. */
#define METHODS(X)                                                        \
    X(damage, push_int, (SELF, check_int(L, 2)))                          \
    X(distance, push_float, (SELF, check_float(L, 2), check_float(L, 3))) \
    X(halfway, push_pair, (SELF, check_pair(L, 2)))                       \
    X(take_int, push_int, (SELF, check_int(L, 2)))                        \
    X(take_object, push_int, (SELF, check_token(L, 2)))                   \
    X(take_pair, push_int, (SELF, check_pair(L, 2)))                      \
    X(take_place, push_int, (SELF, check_place(L, 2)))                    \
    X(take_two, push_int, (SELF, check_int(L, 2), check_int(L, 3)))       \
    X(take_enum, push_int, (SELF, check_mood(L, 2)))                      \
    X(take_string, push_int, (SELF, luaL_checkstring(L, 2)))              \
    X(take_give, push_token, (SELF))                                      \
    X(take_where, push_place, (SELF))                                     \
    X(take_title, push_text, (SELF))

#define STATICS(X)                                                   \
    X(shared_int, push_int, ())                                      \
    X(shared_object, push_token, ())                                 \
    X(shared_pair, push_pair, ())                                    \
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

static int take_out(lua_State *L)
{
    int value;
    MP_NATIVE(subject_take_out)(SELF, &value);
    return push_int(L, value);
}

static int take_inout(lua_State *L)
{
    int value = check_int(L, 2);
    MP_NATIVE(subject_take_inout)(SELF, &value);
    return push_int(L, value);
}

static int take_both(lua_State *L)
{
    int value;
    push_int(L, MP_NATIVE(subject_take_both)(SELF, &value));
    push_int(L, value);
    return 2;
}

static int static_take_out(lua_State *L)
{
    int value;
    MP_NATIVE(subject_static_take_out)(&value);
    return push_int(L, value);
}

static int static_take_inout(lua_State *L)
{
    int value = check_int(L, 1);
    MP_NATIVE(subject_static_take_inout)(&value);
    return push_int(L, value);
}

static int new_pair(lua_State *L)
{
    return push_pair(L, (Vec2){check_float(L, 1), check_float(L, 2)});
}

static int new_token(lua_State *L)
{
    Token **token = push_userdata(L, sizeof *token, &hand_token_type);
    *token = MP_NATIVE(token_new)();
    return 1;
}

static int destroy_token(lua_State *L)
{
    Token **token = luaL_checkudata(L, 1, hand_token_type.name);
    MP_NATIVE(token_destroy)(*token);
    *token = NULL;
    return 0;
}

/* ---- members of values -------------------------------------------------------------------- */

/* Upvalue: how many numbers the value has. */
static int index_value(lua_State *L)
{
    int count = (int)lua_tointeger(L, lua_upvalueindex(1));
    const float *numbers =
        luaL_checkudata(L, 1, count == 2 ? hand_pair_type.name : hand_place_type.name);
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
#define FIELDS(X)                            \
    X(id, thing.id, push_int, check_int)     \
    X(x, x, push_float, check_float)         \
    X(y, y, push_float, check_float)         \
    X(hp, hp, push_int, check_int)           \
    X(awake, awake, push_bool, check_bool)   \
    X(mood, mood, push_mood, check_mood)     \
    X(pair, pair, push_pair, check_pair)     \
    X(place, place, push_place, check_place) \
    X(token, token, push_token, check_token) \
    X(next, next, push_fields, check_fields) \
    X(held, held, push_token, check_token)   \
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
static void create_type(lua_State *L, HandType *type)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    type->known = luaL_ref(L, LUA_REGISTRYINDEX);
    luaL_newmetatable(L, type->name);
}

static void create_value_type(lua_State *L, HandType *type, int count)
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
        {"take_out", take_out},
        {"take_inout", take_inout},
        {"take_both", take_both},
        {NULL, NULL},
    };
    create_value_type(L, &hand_pair_type, 2);
    create_value_type(L, &hand_place_type, 3);
    create_type(L, &hand_thing_type);
    create_type(L, &hand_token_type);
    lua_newtable(L);
    lua_pushcfunction(L, destroy_token);
    lua_setfield(L, -2, "destroy");
    lua_setfield(L, -2, "__index");
    create_type(L, &hand_subject_type);
    lua_newtable(L);
    luaL_register(L, NULL, methods);
    lua_setfield(L, -2, "__index");
    create_type(L, &hand_fields_type);
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
    static const luaL_Reg statics[] = {
        STATICS(ENTRY) STATIC_SETTERS(ENTRY){"static_take_out", static_take_out},
        {"static_take_inout", static_take_inout},
        {NULL, NULL}};
    create_types(L);
    lua_newtable(L);
    add_list(L, "subjects", subjects, count, push_subject);
    add_list(L, "fields", subjects, count, push_fields);
    push_token(L, subjects->token);
    lua_setfield(L, -2, "token");
    push_pair(L, subjects->pair);
    lua_setfield(L, -2, "pair");
    push_place(L, subjects->place);
    lua_setfield(L, -2, "place");
    lua_pushcfunction(L, new_pair);
    lua_setfield(L, -2, "Vec2");
    lua_pushcfunction(L, new_token);
    lua_setfield(L, -2, "new_token");
    lua_newtable(L);
    luaL_register(L, NULL, statics);
    lua_setfield(L, -2, "statics");
}
