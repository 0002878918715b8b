#include "data.h"

#include "platform.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static bool holds_data(lua_State *L, const char *folder)
{
    FILE *file = fopen(lua_pushfstring(L, "%s/lua/main.lua", folder), "r");
    lua_pop(L, 1);
    if (file)
        fclose(file);
    return file != NULL;
}

void mp_push_data_folder(lua_State *L)
{
    char program[4096];
    const char *wanted = getenv("MOONPATCH_BINDGEN_DATA");
    if (wanted) {
        lua_pushstring(L, wanted);
        return;
    }
    if (mp_platform_program_folder(program, sizeof program)) {
        lua_pushfstring(L, "%s/" MP_BINDGEN_FROM_PROGRAM, program);
        if (holds_data(L, lua_tostring(L, -1)))
            return;
        lua_pop(L, 1);
    }
    lua_pushstring(L, MP_BINDGEN_DATA);
}
