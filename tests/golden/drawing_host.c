/*
 * drawing-host - a game of pages with everything that graphics draws: page 1 is in the first frame,
 * page 2 in the second. See drawing/scripts/main.lua.
 */
#include "app/app.h"

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {
        {"tests/golden/drawing/scripts", "/scripts"},
        {NULL, NULL},
    };
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = "drawing-host",
                           .title = "Drawing",
                           .version = "0",
                           .organisation = "moonpatch",
                           .data_folder = MP_TEST_DATA,
                           .width = 320,
                           .height = 180,
                           .mounts = mounts,
                       });
}
