#include "zoo_callers.h"

#include "lion.gen.h"

static int c_damage(lua_State *L)
{
    lua_pushinteger(L, animal_damage(zoo_animal_at(L, 1), (int)lua_tointeger(L, 2)));
    return 1;
}

static int c_heal(lua_State *L)
{
    animal_heal(zoo_animal_at(L, 1));
    return 0;
}

static int c_suffer(lua_State *L)
{
    lua_pushinteger(L, animal_suffer(zoo_animal_at(L, 1), (int)lua_tointeger(L, 2)));
    return 1;
}

static int c_distance(lua_State *L)
{
    Vec2 to = {(float)lua_tonumber(L, 2), (float)lua_tonumber(L, 3)};
    lua_pushnumber(L, (lua_Number)animal_distance(zoo_animal_at(L, 1), to));
    return 1;
}

static int c_middle(lua_State *L)
{
    Vec2 middle = animal_middle(zoo_animal_at(L, 1),
                                (Vec2){(float)lua_tonumber(L, 2), (float)lua_tonumber(L, 3)});
    lua_pushnumber(L, (lua_Number)middle.x);
    lua_pushnumber(L, (lua_Number)middle.y);
    return 2;
}

static int c_speed(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)animal_get_speed(zoo_animal_at(L, 1)));
    return 1;
}

static int c_set_speed(lua_State *L)
{
    animal_set_speed(zoo_animal_at(L, 1), (float)lua_tonumber(L, 2));
    return 0;
}

static int c_shout(lua_State *L)
{
    lua_pushstring(L, animal_shout(zoo_animal_at(L, 1), luaL_checkstring(L, 2)));
    return 1;
}

static int c_other_mood(lua_State *L)
{
    lua_pushinteger(L, (int)animal_other_mood(zoo_animal_at(L, 1), (Mood)lua_tointeger(L, 2)));
    return 1;
}

static int c_weaker(lua_State *L)
{
    Animal *weaker = animal_weaker(zoo_animal_at(L, 1), zoo_animal_at(L, 2));
    zoo_push_animal(L, weaker);
    return 1;
}

static int c_rename(lua_State *L)
{
    MpError error = {.message = ""};
    lua_pushboolean(L, animal_rename(zoo_animal_at(L, 1), luaL_checkstring(L, 2), &error));
    lua_pushstring(L, error.message);
    return 2;
}

static int c_sum(lua_State *L)
{
    lua_pushnumber(L, animal_sum(zoo_animal_at(L, 1), true, -2, 200, -300, 60000, -70000,
                                 4000000000U, 0.5F, 0.25));
    return 1;
}

static int c_roar(lua_State *L)
{
    lua_pushinteger(L, lion_roar((Lion *)zoo_animal_at(L, 1)));
    return 1;
}

static int c_count(lua_State *L)
{
    lua_pushinteger(L, animal_count());
    return 1;
}

static int c_feed(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)keeper_feed(zoo_animal_at(L, 1), (float)lua_tonumber(L, 2)));
    return 1;
}

void zoo_push_callers(lua_State *L)
{
    static const luaL_Reg callers[] = {
        {"damage", c_damage},
        {"heal", c_heal},
        {"suffer", c_suffer},
        {"distance", c_distance},
        {"middle", c_middle},
        {"speed", c_speed},
        {"set_speed", c_set_speed},
        {"shout", c_shout},
        {"other_mood", c_other_mood},
        {"weaker", c_weaker},
        {"rename", c_rename},
        {"sum", c_sum},
        {"roar", c_roar},
        {"count", c_count},
        {"feed", c_feed},
        {NULL, NULL},
    };
    lua_newtable(L);
    luaL_register(L, NULL, callers);
}
