/*
 * A game with a C class: all else is as in a game of Lua alone.
 */
#include "app/app.h"
#include "planets.gen.h"

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {{"scripts", "/scripts"}, {0}};
    const MpGame game = {
        .name = "planets",
        .title = "Planets",
        .version = "1.0",
        .organisation = "moonpatch-examples",
        .data_folder = GAME_FOLDER,
        .engine_folder = ENGINE_FOLDER,
        .width = 640,
        .height = 360,
        .mounts = mounts,
        .module = &mp_module_planets,
    };
    return mp_app_main(argc, argv, &game);
}
