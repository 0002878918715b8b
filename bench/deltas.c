#include "deltas.h"

#include "update/delta/delta.h"

#include <lauxlib.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *const names[] = {"base", "delta", "result"};

/* Two versions and their delta, in a folder for the time being. */
typedef struct Files {
    char folder[PATH_MAX], paths[3][PATH_MAX + 8];
    MpDelta delta;
} Files;

/* make(base, result) -> delta, memory */
static int make(lua_State *L)
{
    size_t base_size, result_size;
    const char *base = luaL_checklstring(L, 1, &base_size);
    const char *result = luaL_checklstring(L, 2, &result_size);
    MpDeltaBytes delta;
    MpError error;
    if (!mp_delta_make(base, base_size, result, result_size, &delta, &error))
        return luaL_error(L, "%s", error.message);
    lua_pushlstring(L, (const char *)delta.bytes, delta.size);
    lua_pushnumber(L, (double)delta.memory);
    free(delta.bytes);
    return 2;
}

static bool write_file(lua_State *L, int index, const char *path)
{
    size_t size;
    const char *bytes = luaL_checklstring(L, index, &size);
    FILE *file = fopen(path, "wb");
    bool written = file && fwrite(bytes, 1, size, file) == size;
    return file && fclose(file) == 0 && written;
}

/* The arguments of measure(), as files. */
static void open_files(lua_State *L, Files *files)
{
    size_t base_size, result_size;
    const char *base = luaL_checklstring(L, 1, &base_size);
    const char *result = luaL_checklstring(L, 3, &result_size);
    const char *place = getenv("TMPDIR");
    snprintf(files->folder, sizeof files->folder, "%s/moonpatch-bench-XXXXXX",
             place && *place ? place : "/tmp");
    bool ok = mkdtemp(files->folder) != NULL;
    for (int i = 0; i < 3; i++)
        snprintf(files->paths[i], sizeof files->paths[i], "%s/%s", files->folder, names[i]);
    ok = ok && write_file(L, 1, files->paths[0]) && write_file(L, 2, files->paths[1]);
    if (!ok)
        luaL_error(L, "cannot write to %s; TMPDIR names another folder", files->folder);
    files->delta = (MpDelta){.base = files->paths[0],
                             .delta = files->paths[1],
                             .path = files->paths[2],
                             .base_hash = mp_hash_of(base, base_size),
                             .result_hash = mp_hash_of(result, result_size),
                             .result_length = result_size,
                             .memory = (uint64_t)luaL_checknumber(L, 4)};
}

static void remove_files(const Files *files)
{
    for (int i = 0; i < 3; i++)
        remove(files->paths[i]);
    rmdir(files->folder);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The most that a process holds which does it; which does nothing, for NULL. What this process
   keeps for later would be used by its child, and not be seen. */
static double memory_of(const MpDelta *delta)
{
    struct rusage usage;
    int status = 0;
    malloc_trim(0);
    pid_t child = fork();
    if (child == 0)
        _exit(!delta || mp_delta_apply(delta, NULL) ? EXIT_SUCCESS : EXIT_FAILURE);
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return -1;
    return (double)usage.ru_maxrss * 1024;
}

/* measure(base, delta, result, memory) -> seconds and bytes that applying takes, from files to a
   file on the disk */
static int measure(lua_State *L)
{
    Files files;
    MpError error;
    open_files(L, &files);
    double start = now();
    bool ok = mp_delta_apply(&files.delta, &error);
    double seconds = now() - start;
    double nothing = memory_of(NULL), all = memory_of(&files.delta);
    remove_files(&files);
    if (!ok || nothing < 0 || all < 0)
        return luaL_error(L, "the delta does not apply: %s",
                          ok ? "in a process of its own" : error.message);
    lua_pushnumber(L, seconds);
    lua_pushnumber(L, all - nothing);
    return 2;
}

void deltas_add_tools(lua_State *L)
{
    static const luaL_Reg functions[] = {{"make", make}, {"measure", measure}, {NULL, NULL}};
    lua_newtable(L);
    luaL_openlib(L, NULL, functions, 0);
    lua_pushstring(L, MP_BENCH_TREE);
    lua_setfield(L, -2, "tree");
    lua_setfield(L, -2, "deltas");
}
