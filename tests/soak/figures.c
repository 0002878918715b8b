#include "figures.h"

#include "moonpatch/object.h"
#include "vm.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

enum { WARM_UP = 6, COLLECTIONS = 3 };

typedef enum Figure {
    FIGURE_LUA,
    FIGURE_MALLOC,
    FIGURE_RESIDENT,
    FIGURE_OBJECTS,
    FIGURE_REGISTRY,
    FIGURE_TRACES,
    FIGURE_MACHINE_CODE,
    FIGURE_COUNT,
} Figure;

/* How much more is no growth: tables and hashes of the VM double now and then, and what is compiled
   depends on where LuaJIT looks. What leaks in every round leaks thousands of times. */
static const struct {
    const char *name, *unit;
    double scale, allowance; /* in units */
} kinds[FIGURE_COUNT] = {
    [FIGURE_LUA] = {"Lua", " KiB", 1024, 32},
    [FIGURE_MALLOC] = {"malloc", " KiB", 1024, 16},
    [FIGURE_RESIDENT] = {"resident", " KiB", 1024, 2048},
    [FIGURE_OBJECTS] = {"objects", "", 1, 0},
    [FIGURE_REGISTRY] = {"registry", "", 1, 0},
    [FIGURE_TRACES] = {"traces", "", 1, 50},
    [FIGURE_MACHINE_CODE] = {"machine code", " KiB", 1024, 64},
};

typedef struct Row {
    double of[FIGURE_COUNT];
} Row;

struct Figures {
    Row *rows;
    size_t count, room;
};

Figures *figures_create(void)
{
    Figures *figures = calloc(1, sizeof *figures);
    if (!figures)
        abort();
    return figures;
}

void figures_destroy(Figures *figures)
{
    if (figures)
        free(figures->rows);
    free(figures);
}

/* ---- measuring ---------------------------------------------------------------------------- */

/* LuaJIT has no C API for it. */
static void measure_compiled(lua_State *L, Row *row)
{
    static const char code[] = "local util, bytes, number = require 'jit.util', 0, 0\n"
                               "for trace = 1, 65535 do\n"
                               "   local code = util.tracemc(trace)\n"
                               "   if code then number, bytes = number + 1, bytes + #code end\n"
                               "end\n"
                               "require('jit').flush()\n"
                               "return number, bytes";
    if (luaL_dostring(L, code))
        abort();
    row->of[FIGURE_TRACES] = lua_tonumber(L, -2);
    row->of[FIGURE_MACHINE_CODE] = lua_tonumber(L, -1);
    lua_pop(L, 2);
}

static double registry_size(lua_State *L)
{
    double count = 0;
    for (lua_pushnil(L); lua_next(L, LUA_REGISTRYINDEX); lua_pop(L, 1))
        count++;
    return count;
}

static double resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;
    if (file && fscanf(file, "%*s %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* The table of rows is not among what is measured. */
static Row *new_row(Figures *figures)
{
    if (figures->count == figures->room) {
        figures->room = figures->room ? 2 * figures->room : 1024;
        figures->rows = realloc(figures->rows, figures->room * sizeof *figures->rows);
        if (!figures->rows)
            abort();
    }
    return &figures->rows[figures->count++];
}

static double malloc_bytes(const Figures *figures)
{
    struct mallinfo2 info = mallinfo2();
    return (double)info.uordblks + (double)info.hblkhd -
           (double)(figures->room * sizeof *figures->rows);
}

void figures_measure(Figures *figures, MpVm *vm)
{
    Row *row = new_row(figures);
    measure_compiled(vm->main, row);
    for (int i = 0; i < COLLECTIONS; i++) {
        lua_gc(vm->main, LUA_GCCOLLECT, 0);
        mp_vm_step(vm); /* shared objects are let go of there */
    }
    row->of[FIGURE_LUA] = (double)mp_vm_memory(vm);
    row->of[FIGURE_MALLOC] = malloc_bytes(figures);
    row->of[FIGURE_RESIDENT] = resident_bytes();
    row->of[FIGURE_OBJECTS] = (double)mp_object_count();
    row->of[FIGURE_REGISTRY] = registry_size(vm->main);
}

/* With a sanitizer's malloc neither of the two tells anything; the sanitizer finds leaks itself. */
static bool is_known(Figure figure)
{
    return (figure != FIGURE_MALLOC && figure != FIGURE_RESIDENT) || mallinfo2().arena > 0;
}

/* ---- judging ------------------------------------------------------------------------------ */

static double lowest(const Figures *figures, Figure figure, size_t from, size_t to)
{
    double low = figures->rows[from].of[figure];
    for (size_t i = from + 1; i < to; i++) {
        if (figures->rows[i].of[figure] < low)
            low = figures->rows[i].of[figure];
    }
    return low / kinds[figure].scale;
}

static double early(const Figures *figures, Figure figure)
{
    return lowest(figures, figure, WARM_UP, WARM_UP + (figures->count - WARM_UP) / 3);
}

static double late(const Figures *figures, Figure figure)
{
    return lowest(figures, figure, figures->count - (figures->count - WARM_UP) / 3, figures->count);
}

bool figures_are_flat(const Figures *figures)
{
    bool flat = figures->count >= WARM_UP + 3;
    if (!flat)
        fprintf(stderr, "soak: too short to tell whether anything grows\n");
    for (Figure i = 0; flat && i < FIGURE_COUNT; i++) {
        double before = early(figures, i), after = late(figures, i);
        if (!is_known(i) || after <= before + kinds[i].allowance)
            continue;
        fprintf(stderr, "soak: %s grew from %.0f to %.0f%s\n", kinds[i].name, before, after,
                kinds[i].unit);
        flat = false;
    }
    return flat;
}

void figures_print(const Figures *figures, FILE *stream)
{
    for (Figure i = 0; i < FIGURE_COUNT && figures->count >= WARM_UP + 3; i++)
        fprintf(stream, "%s%s %.0f -> %.0f%s", i ? ", " : "", kinds[i].name, early(figures, i),
                late(figures, i), kinds[i].unit);
}
