/*
 * bench - measures what the README claims: prints a table and writes bench.json. See --help.
 *
 * Each case runs its subject and its baseline in turn, many times, and compares the medians: the
 * ratio within one run of this program is what counts, not the nanoseconds of one machine. The
 * cases are in cases/<name>.lua; cases/run.lua measures them, inside the VM that is measured.
 */
#include "fixture.h"
#include "results.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a group's VM: scripts are compiled; scripts that take too long are stopped, as in games. */
enum { JIT = 1, BUDGETS = 2 };

/* A group of cases: files, and the VM they run in. */
static const struct Group {
    const char *name;
    int vm;
    const char *files[4];
    const char *about;
} groups[] = {
    {"bridge", JIT, {"bridge", "lifetime", "peers"}, "the claims, and peers that are installed"},
    {"bridge-nojit", 0, {"bridge", "lifetime", "peers"}, "the same, not compiled"},
    {"patching", JIT | BUDGETS, {"patching"}, "what a commit of patches costs"},
    {"calls", JIT, {"calls"}, "what crosses, one kind at a time: the cases of xLua's suite"},
    {"calls-nojit", 0, {"calls"}, "the same, not compiled"},
    {"budget", JIT | BUDGETS, {"budget"}, "what budgets cost where nothing runs away"},
    {"budget-nojit", BUDGETS, {"budget"}, "the same, not compiled"},
    {"usertype", JIT, {"usertype"}, "the cases of sol2's suite that make sense in C"},
    {"usertype-nojit", 0, {"usertype"}, "the same, not compiled"},
    {"reload", JIT | BUDGETS, {"reload"}, "the stall of a reload, by what scripts hold"},
    {"engine", JIT | BUDGETS, {"engine"}, "frames, sprites, actors; LÖVE if installed"},
    {"update", JIT | BUDGETS, {"update"}, "what a release of the demo's files costs"},
};
enum { GROUPS = sizeof groups / sizeof *groups };

enum { EXIT_USAGE = 2 };

typedef struct Options {
    int check, quick, list;
    const char *json, *markdown, *verdict;
    char **wanted; /* names of groups; none: all */
    int wanted_count;
} Options;

/* ---- options ------------------------------------------------------------------------------ */

static void print_help(void)
{
    puts("usage: bench [OPTION ...] [GROUP ...]\n"
         "Measures the groups, or all of them, and prints a table.\n\n"
         "  --json FILE      also writes the results to FILE\n"
         "  --check          exit code 1 when a limit is missed\n"
         "  --quick          one short round: whether it runs, not how fast\n"
         "  --list           prints the cases and measures nothing\n"
         "  --verdict FILE   judges results that were written before, like --check\n"
         "  --markdown FILE  prints results that were written before as a table for documents\n"
         "  --help           this text\n\n"
         "groups:");
    for (int i = 0; i < GROUPS; i++)
        printf("  %-16s %s\n", groups[i].name, groups[i].about);
}

static const struct Group *find_group(const char *name)
{
    for (int i = 0; i < GROUPS; i++) {
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    }
    return NULL;
}

static bool is_wanted(const Options *options, const char *group)
{
    for (int i = 0; i < options->wanted_count; i++) {
        if (strcmp(options->wanted[i], group) == 0)
            return true;
    }
    return options->wanted_count == 0;
}

static void check_groups(const Options *options)
{
    for (int i = 0; i < options->wanted_count; i++) {
        if (find_group(options->wanted[i]))
            continue;
        fprintf(stderr, "bench: there is no group '%s'; there are:", options->wanted[i]);
        for (int k = 0; k < GROUPS; k++)
            fprintf(stderr, " %s", groups[k].name);
        fputs("\n", stderr);
        exit(EXIT_USAGE);
    }
}

static Options read_options(int argc, char **argv)
{
    Options options = {.check = 0};
    int help = 0;
    enum { JSON = 1, MARKDOWN, VERDICT };
    const char **files[] = {
        [JSON] = &options.json, [MARKDOWN] = &options.markdown, [VERDICT] = &options.verdict};
    const struct option known[] = {
        {"help", no_argument, &help, 1},
        {"check", no_argument, &options.check, 1},
        {"quick", no_argument, &options.quick, 1},
        {"list", no_argument, &options.list, 1},
        {"json", required_argument, NULL, JSON},
        {"markdown", required_argument, NULL, MARKDOWN},
        {"verdict", required_argument, NULL, VERDICT},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == '?') { /* getopt_long has said what is wrong */
            fputs("bench: see --help\n", stderr);
            exit(EXIT_USAGE);
        }
        if (option != 0)
            *files[option] = optarg;
    }
    if (help) {
        print_help();
        exit(EXIT_SUCCESS);
    }
    options.wanted = argv + optind;
    options.wanted_count = argc - optind;
    check_groups(&options);
    return options;
}

/* ---- running ------------------------------------------------------------------------------ */

/* report(result): a case that was measured. Upvalue: the results */
static int report(lua_State *L)
{
    static const char *const keys[] = {"group",         "name",  "unit",  "value", "baseline",
                                       "baseline_name", "ratio", "limit", "sense"};
    json_t *entry = json_object();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        lua_getfield(L, 1, keys[i]);
        if (lua_type(L, -1) == LUA_TNUMBER)
            json_object_set_new(entry, keys[i], json_real(lua_tonumber(L, -1)));
        else if (lua_type(L, -1) == LUA_TSTRING)
            json_object_set_new(entry, keys[i], json_string(lua_tostring(L, -1)));
        lua_pop(L, 1);
    }
    if (!results_add(lua_touserdata(L, lua_upvalueindex(1)), entry))
        return luaL_error(L, "the case has not the form of one");
    return 0;
}

static void set_flag(lua_State *L, const char *name, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, name);
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

/* Programs that cases start. */
static void add_programs(lua_State *L)
{
    lua_newtable(L);
    set_text(L, "actors", MP_BENCH_ACTORS);
    set_text(L, "game", MP_BENCH_GAME);
    set_text(L, "measure", MP_BENCH_MEASURE);
    set_text(L, "player", MP_BENCH_PLAYER);
    lua_setfield(L, -2, "programs");
}

/* Adds to the tools what cases/run.lua needs besides. */
static void add_orders(lua_State *L, const struct Group *group, const Options *options,
                       json_t *results)
{
    set_text(L, "group", group->name);
    set_text(L, "folder", MP_BENCH_FOLDER);
    set_text(L, "count", MP_BENCH_COUNT);
    set_flag(L, "quick", options->quick);
    set_flag(L, "list", options->list);
    set_flag(L, "progress", isatty(STDERR_FILENO));
    add_programs(L);
    lua_newtable(L);
    for (int i = 0; group->files[i]; i++) {
        lua_pushstring(L, group->files[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "files");
    lua_pushlightuserdata(L, results);
    lua_pushcclosure(L, report, 1);
    lua_setfield(L, -2, "report");
}

static bool run_group(const struct Group *group, const Options *options, json_t *results)
{
    Fixture fixture;
    bool ok = fixture_open(&fixture, group->vm & JIT, group->vm & BUDGETS);
    if (ok) {
        lua_State *L = fixture.vm->main;
        ok = luaL_loadfile(L, MP_BENCH_FOLDER "/cases/run.lua") == 0;
        if (ok) {
            fixture_push_tools(&fixture);
            add_orders(L, group, options, results);
            ok = lua_pcall(L, 1, 0, 0) == 0;
        }
        if (!ok)
            fprintf(stderr, "bench: %s: %s\n", group->name, lua_tostring(L, -1));
    }
    fixture_close(&fixture);
    return ok;
}

static int measure(const Options *options)
{
    json_t *results = results_create();
    bool keep = options->json && !options->list;
    bool ok = !keep || results_save(results, options->json); /* a bad path is told at once */
    for (int i = 0; i < GROUPS && ok; i++) {
        if (is_wanted(options, groups[i].name))
            ok = run_group(&groups[i], options, results);
    }
    if (ok && !options->list) {
        bool met = results_verdict(results) == 0;
        ok = (!keep || results_save(results, options->json)) && (met || !options->check);
    }
    json_decref(results);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Works on results that were written before. */
static int look_back(const Options *options)
{
    json_t *results = results_load(options->verdict ? options->verdict : options->markdown);
    if (!results)
        return EXIT_USAGE;
    bool met = true;
    if (options->verdict)
        met = results_verdict(results) == 0;
    else if (options->wanted_count == 0)
        results_markdown(results, NULL);
    for (int i = 0; !options->verdict && i < options->wanted_count; i++)
        results_markdown(results, options->wanted[i]);
    json_decref(results);
    return met ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    Options options = read_options(argc, argv);
    signal(SIGPIPE, SIG_IGN); /* a peer that died is an error of its cases, not the end */
    return options.markdown || options.verdict ? look_back(&options) : measure(&options);
}
