#include "lua_coverage.h"

#include <lauxlib.h>
#include <luajit.h>
#include <stdint.h>
#include <string.h>

enum { COUNTERS = 1 << 15, INSTRUCTIONS = 1000, LINE_LIMIT = 1000000, COUNT_LIMIT = 10000 };

/* libFuzzer adds what is in this section to the branches of instrumented C. */
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t counters[COUNTERS];

static unsigned lines, counts;

/* A place is its chunk's name and its line, hashed; both are the same in every run. */
static uint32_t place_of(const lua_Debug *info)
{
    uint32_t hash = 2166136261u;
    for (const char *c = info->short_src; *c; c++)
        hash = (hash ^ (uint8_t)*c) * 16777619u;
    return (hash ^ (uint32_t)info->currentline) * 16777619u;
}

static void on_line(lua_State *L, lua_Debug *info)
{
    if (info->event == LUA_HOOKCOUNT) {
        counts++;
    } else {
        lines++;
        if (lua_getinfo(L, "Sl", info)) {
            uint8_t *counter = &counters[place_of(info) >> 17];
            *counter = (uint8_t)(*counter + (*counter < UINT8_MAX));
        }
    }
    if (lines > LINE_LIMIT || counts > COUNT_LIMIT)
        luaL_error(L, "the fuzzer has no more time for this");
}

void lua_coverage_start(lua_State *L)
{
    lines = counts = 0;
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    lua_sethook(L, on_line, LUA_MASKLINE | LUA_MASKCOUNT, INSTRUCTIONS);
}
