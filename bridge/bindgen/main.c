/*
 * moonpatch-bindgen - annotated C headers in, glue out.
 *
 * C does what only libclang and jansson can; everything else is in lua/ beside this file, and
 * the text that is generated is in templates/.
 */
#include "run.h"

#include <lauxlib.h>
#include <luajit.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    lua_State *L = luaL_newstate();
    if (!L) {
        fputs("moonpatch-bindgen: error: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    luaL_openlibs(L);
    /* An old compiler compiles loops wrongly: docs/adr/0008. */
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    int status = mp_bindgen_run(L, argc, (const char *const *)argv);
    lua_close(L);
    return status;
}
