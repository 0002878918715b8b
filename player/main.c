/*
 * moonpatch-play - runs a game that is Lua alone: a folder with scripts/main.lua, and with assets/
 * if it has any. The folder is the current one, or that of MOONPATCH_DATA; `moonpatch run DIR`
 * starts this program with it.
 */
#include "app/app.h"
#include "file/file.h"
#include "file/path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { USAGE = 2, WIDTH = 640, HEIGHT = 360 };

static bool has_assets(const char *folder)
{
    char *path = mp_path_join(folder, "assets");
    bool has = path && mp_file_is_directory(path);
    free(path);
    return has;
}

int main(int argc, char **argv)
{
    static const MpGameMount all[] = {{"assets", "/assets"}, {"scripts", "/scripts"}, {NULL, NULL}};
    char folder[PATH_MAX];
    setenv("MOONPATCH_DATA", ".",
           0); /* what MpGame says of it would come after what is installed */
    const char *wanted = getenv("MOONPATCH_DATA");
    if (!realpath(wanted, folder) || !mp_file_is_directory(folder)) {
        fprintf(stderr, "moonpatch-play: error: there is no folder '%s'\n", wanted);
        return USAGE;
    }
    const char *name = mp_path_base(folder);
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = *name ? name : "game",
                           .title = *name ? name : "game",
                           .version = MP_VERSION,
                           .organisation = "moonpatch-play",
                           .data_folder = ".",
                           .engine_folder = MP_ENGINE_FOLDER,
                           .width = WIDTH,
                           .height = HEIGHT,
                           .mounts = has_assets(folder) ? all : all + 1,
                       });
}
