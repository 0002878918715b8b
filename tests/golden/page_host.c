/*
 * page_host.c - a game of pages with everything that graphics draws, or that text can be: page 1 is
 * in the first frame, page 2 in the second; of ui, each is there for 60 frames. MP_PAGES names the
 * folder: see drawing/scripts/main.lua, text/scripts/main.lua and ui/scripts/main.lua. TrueType
 * fonts are among its patches.
 */
#include "app/app.h"

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {
        {"tests/golden/" MP_PAGES "/scripts", "/scripts"},
        {"tests/golden/assets", "/assets"},
        {NULL, NULL},
    };
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = MP_PAGES "-host",
                           .title = MP_PAGES,
                           .version = "0",
                           .organisation = "moonpatch",
                           .data_folder = MP_TEST_DATA,
                           .width = MP_PAGE_WIDTH,
                           .height = MP_PAGE_HEIGHT,
                           .mounts = mounts,
                       });
}
