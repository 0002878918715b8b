/*
 * spec-host - the engine with the least of games, for the specs of scripts/; see specs.h.
 *
 *     MP_SPECS="a_spec.lua b_spec.lua" spec-host --headless --frames 1
 */
#include "specs.h"

static bool create(MpApp *app, void **state, MpError *error)
{
    *state = NULL;
    return specs_run(app, error);
}

int main(int argc, char **argv)
{
    static const MpGameMount mounts[] = {
        {"tests/lua/game/scripts", "/scripts"},
        {"tests/lua/game/assets", "/assets"},
        {"tests/golden/assets", "/assets"},
        {NULL, NULL},
    };
    return mp_app_main(argc, argv,
                       &(MpGame){
                           .name = "spec-host",
                           .title = "Specs",
                           .version = "0",
                           .organisation = "moonpatch",
                           .data_folder = MP_TEST_DATA,
                           .width = 320,
                           .height = 180,
                           .mounts = mounts,
                           .create = create,
                       });
}
