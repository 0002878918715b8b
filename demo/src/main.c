/*
 * Moonbase: the program. The game itself is in the classes beside this file and in demo/scripts.
 */
#include "app/app.h"
#include "moonbase.gen.h"
#include "world.h"

/** Most actors that can be on the Moon at once. */
enum { CAPACITY = 1024 };

static bool create(MpApp *app, void **state, MpError *error)
{
    World *world = world_create(CAPACITY, error);
    if (!world)
        return false;
    mp_app_set_root(app, "world", &world->object);
    *state = world;
    return true;
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
                           .name = "moonbase",
                           .title = "Moonbase",
                           .version = MP_VERSION,
                           .organisation = "moonpatch",
                           .data_folder = MP_DATA_FOLDER,
                           .engine_folder = MP_DATA_FOLDER,
                           .width = 640,
                           .height = 360,
                           .draws_pointer = true,
                           .mounts = mounts,
                           .module = &mp_module_moonbase,
                           .create = create,
                           .destroy = destroy,
                       });
}
