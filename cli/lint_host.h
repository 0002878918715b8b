/*
 * cli/lint_host.h - what the Lua of `moonpatch lint` gets of C: files, archives, JSON, and what
 * scripts find in their environment.
 */
#ifndef MP_CLI_LINT_HOST_H
#define MP_CLI_LINT_HOST_H

#include <lua.h>

/** Pushes the table of those functions. The state must be closed with them unreachable: they keep
    one MpVfs open until lua_close(). */
void mp_lint_push_host(lua_State *L);

#endif
