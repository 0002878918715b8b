/*
 * moonbase-specs - runs LuaUnit specs of the demo's scripts and patches inside the real host.
 *
 *     moonbase-specs --headless --frames 1 [other options of a game]
 *
 * See tests/lua/specs.h; specs have these globals more:
 *   demo.apply{file = text, ...}  applies patches; false removes; returns nothing
 *   demo.list()       {[file] = {state, cause, errors}}
 *   demo.step(n)      n steps of the game, as the frame loop makes them, without pictures
 *   demo.draw()       one picture
 *   demo.folder       the repository's demo/
 */
#include "app/app.h"
#include "app/context.h"
#include "moonbase.gen.h"
#include "moonpatch/patch.h"
#include "specs.h"
#include "world.h"

#include <lauxlib.h>

static MpApp *running;

static int demo_apply(lua_State *L)
{
    enum { ROOM = 16 };
    MpPatchChange changes[ROOM];
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, 1) && count < ROOM; lua_pop(L, 1)) {
        MpPatchChange *change = &changes[count++];
        *change = (MpPatchChange){.file = lua_tostring(L, -2)};
        if (lua_isstring(L, -1))
            change->text = lua_tolstring(L, -1, &change->size);
    }
    mp_patch_apply(running->vm, changes, count);
    return 0;
}

static void visit(void *user, const MpPatchInfo *info)
{
    lua_State *L = user;
    lua_newtable(L);
    lua_pushstring(L, mp_patch_state_name(info->state));
    lua_setfield(L, -2, "state");
    lua_pushstring(L, info->cause);
    lua_setfield(L, -2, "cause");
    lua_pushnumber(L, info->errors);
    lua_setfield(L, -2, "errors");
    lua_setfield(L, 1, info->file);
}

static int demo_list(lua_State *L)
{
    lua_settop(L, 0);
    lua_newtable(L);
    mp_patch_each(running->vm, visit, L);
    lua_settop(L, 1);
    return 1;
}

static int demo_step(lua_State *L)
{
    for (int left = (int)luaL_optinteger(L, 1, 1); left > 0; left--) {
        mp_input_begin_step(running->input);
        mp_app_call(running, "update", "n", 1.0 / MP_APP_STEPS_PER_SECOND);
        mp_input_end_step(running->input);
        mp_vm_step(running->vm);
    }
    lua_pushnumber(L, running->script_errors);
    return 1;
}

static int demo_draw(lua_State *L)
{
    mp_graphics_begin(running->graphics);
    mp_app_call(running, "draw", "n", 0.5);
    mp_graphics_present(running->graphics);
    lua_pushnumber(L, running->script_errors);
    return 1;
}

static void set_globals(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"apply", demo_apply}, {"list", demo_list}, {"step", demo_step},
        {"draw", demo_draw},   {NULL, NULL},
    };
    lua_newtable(L);
    luaL_register(L, NULL, functions);
    lua_pushstring(L, MP_TEST_DATA "/demo");
    lua_setfield(L, -2, "folder");
    lua_setglobal(L, "demo");
}

static bool create(MpApp *app, void **state, MpError *error)
{
    World *world = world_create(256, error);
    if (!world)
        return false;
    *state = world;
    mp_app_set_root(app, "world", &world->object);
    running = app;
    set_globals(specs_state(app));
    return specs_run(app, error);
}

static void destroy(void *state) { world_destroy(state); }

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {
        {"demo/scripts", "/scripts"},
        {"demo/assets", "/assets"},
        {NULL, NULL},
    };
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = "moonbase-specs",
                           .title = "Specs",
                           .version = "0",
                           .organisation = "moonpatch",
                           .data_folder = MP_TEST_DATA,
                           .width = 640,
                           .height = 360,
                           .mounts = mounts,
                           .module = &mp_module_moonbase,
                           .create = create,
                           .destroy = destroy,
                       });
}
