/*
 * Any text as an annotated header. bindgen either makes glue of it or says what is wrong with it;
 * it never fails itself.
 */
#include "fuzz.h"
#include "lua_coverage.h"
#include "run.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/fuzz-bindgen-XXXXXX";
static char header[64], api[64];

static void remove_folder(void)
{
    static const char *const names[] = {"in.h",         "in.gen.h",      "in.gen.c",
                                        "in.api.json",  "fuzz.gen.h",    "fuzz.gen.c",
                                        "fuzz.gen.lua", "fuzz.api.json", "fuzz.d.lua"};
    char path[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void make_folder(void)
{
    fuzz_expect(mkdtemp(folder) != NULL, "cannot make a folder");
    snprintf(header, sizeof header, "%s/in.h", folder);
    snprintf(api, sizeof api, "%s/in.api.json", folder);
    atexit(remove_folder);
}

static void write_header(const uint8_t *data, size_t size)
{
    FILE *file = fopen(header, "wb");
    fuzz_expect(file && fwrite(data, 1, size, file) == size && fclose(file) == 0,
                "cannot write the header");
}

/* Runs it in a state of its own, and silently; returns its exit code. */
static int run(int argc, const char *const *argv)
{
    lua_State *L = luaL_newstate();
    fuzz_expect(L != NULL, "no memory");
    luaL_openlibs(L);
    fuzz_expect(luaL_dostring(L, "io.stderr = { write = function() end }") == 0, "not silent");
    lua_coverage_start(L);
    int code = mp_bindgen_run(L, argc, argv);
    lua_close(L);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const read[] = {"bindgen", "header",       "--module",
                                "fuzz",    "--output-dir", folder,
                                header,    "--",           "-I" MP_BRIDGE_INCLUDES,
                                NULL};
    const char *const merge[] = {"bindgen",      "module", "--module", "fuzz",
                                 "--output-dir", folder,   api,        NULL};
    if (!*header)
        make_folder();
    write_header(data, size);
    int code = run(sizeof read / sizeof *read - 1, read);
    if (code == 0)
        code = run(sizeof merge / sizeof *merge - 1, merge);
    fuzz_expect(code != MP_BINDGEN_INTERNAL, "an internal error of bindgen");
    return 0;
}
