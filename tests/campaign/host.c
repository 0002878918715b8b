/*
 * campaign - attacks on a game, each as a patch in a process of its own.
 *
 *     campaign [--no-jit] [--only NAME] ATTACKS.lua ...
 *
 * Such a file returns a list of tables:
 *
 *   name   what it is
 *   file   the patch's text; or
 *   body   that of an override of Animal.damage(original, self, n)
 *   state  what the patch must end as: "quarantined" (the default), "refused" or "active"
 *   cause  words that the verdict, or with state "active" the log, must contain
 *   budget milliseconds, where BUDGET_MS is not the right one
 *   small  the script thread has a stack of 256 KiB
 *
 * Whatever the attack does: no signal, no hang, the game's scripts and an innocent patch go on, and
 * verdict and log name who it was.
 */
#include "animal.gen.h"
#include "lion.gen.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "zoo.gen.h"

#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SECONDS = 20, /* that an attack may take; ten times as long as the slowest */
    FRAMES = 12,
    CALLS = 40, /* of C in a frame */
    BUDGET_MS = 60,
    MEMORY_MB = 48,
    SMALL_STACK = 256 << 10,
};

typedef struct Attack {
    const char *name, *file, *body, *state, *cause;
    int budget;
    bool small, jit;
} Attack;

/* ---- in the child ------------------------------------------------------------------------- */

static Lion leo;
static char log_text[1 << 16];
static char state[32] = "none", cause[1024];

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    size_t length = strlen(log_text);
    snprintf(log_text + length, sizeof log_text - length, "%s\n", text);
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    if (strcmp(event->file, "attack.lua") != 0)
        return;
    snprintf(state, sizeof state, "%s", mp_patch_state_name(event->state));
    snprintf(cause, sizeof cause, "%s", event->cause);
}

static const char game[] =
    "local T, kept = {}, nil\n"
    "function T.keep(given) kept = given end\n"
    "function T.call_kept() kept() end\n"
    "function T.tick() return native.leo:damage(1) end\n"
    "function T.heal() return native.leo:heal() end\n"
    "function T.sound()\n"
    "   assert(('x'):rep(3) == 'xxx' and ('abc'):find('b') == 2 and tostring(1) == '1')\n"
    "   assert(math.floor(1.5) == 1 and #table.concat({ 1, 2 }) == 2 and select('#', 1, 2) == 2)\n"
    "   local list = { 3, 1, 2 }\n"
    "   table.sort(list)\n"
    "   assert(list[1] == 1 and list[3] == 3)\n"
    "   assert(coroutine.wrap(function() return 7 end)() == 7)\n"
    "   local sum = 0\n"
    "   for i = 1, 1000 do sum = sum + i end\n"
    "   return sum\n"
    "end\n"
    "return T\n";

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (strcmp(path, "scripts/game.lua") != 0) {
        mp_error_set(error, MP_NOT_FOUND, "no such file");
        return NULL;
    }
    *size = strlen(game);
    return strdup(game);
}

static bool complain(const char *what, const char *got)
{
    fprintf(stderr, "# %s: %s\n# log: %s\n", what, got, log_text);
    return false;
}

static void apply(MpVm *vm, const char *file, const char *text)
{
    mp_patch_apply(vm, &(MpPatchChange){.file = file, .text = text, .size = strlen(text)}, 1);
}

static void apply_attack(MpVm *vm, const Attack *attack)
{
    static const char frame[] = "local patch = require 'patch' "
                                "patch.override(native.Animal, 'damage', "
                                "function(original, self, n) %s\nend)";
    if (attack->file) {
        apply(vm, "attack.lua", attack->file);
        return;
    }
    size_t size = strlen(attack->body) + sizeof frame;
    char *text = malloc(size);
    snprintf(text, size, frame, attack->body);
    apply(vm, "attack.lua", text);
    free(text);
}

/* The game calls what was patched, from Lua and from C. */
static void play(MpVm *vm)
{
    MpError error;
    for (int i = 0; i < FRAMES; i++) {
        mp_vm_call(vm, "game", "tick", &error, "");
        for (int call = 0; call < CALLS; call++)
            animal_damage(&leo.animal, 1);
        mp_vm_step(vm);
        mp_vm_collect(vm, 500);
    }
}

static bool is_sound(MpVm *vm)
{
    MpError error = {.message = ""};
    double sum = 0;
    if (!mp_vm_call(vm, "game", "sound", &error, ">n", &sum) || sum != 500500)
        return complain("the game's scripts do not work any more", error.message);
    leo.animal.x = 0;
    if (!mp_vm_call(vm, "game", "heal", &error, "") || leo.animal.x != 1)
        return complain("the innocent patch does not work any more", error.message);
    apply(vm, "fresh.lua",
          "require('patch').override(native.Animal, 'damage', function() return 77 end)");
    if (animal_damage(&leo.animal, 1) != 77)
        return complain("no new patch takes effect", "");
    return true;
}

static bool is_blamed(const Attack *attack)
{
    bool active = strcmp(attack->state, "active") == 0;
    if (strcmp(state, attack->state) != 0)
        return complain(state, cause);
    if (attack->cause && !strstr(active ? log_text : cause, attack->cause))
        return complain("the cause is another one", cause);
    return active || strstr(log_text, "patch attack") || complain("the log names nobody", "");
}

static bool suffer(const Attack *attack)
{
    MpError error = {.message = ""};
    MpVm *vm = mp_vm_create(&(MpVmOptions){.jit = attack->jit,
                                           .log = on_log,
                                           .read = read_script,
                                           .patch_event = on_event,
                                           .budget_ms = (uint32_t)attack->budget,
                                           .frame_budget_ms = (uint32_t)attack->budget * 5 / 2,
                                           .memory_limit_mb = MEMORY_MB},
                            &error);
    if (!vm || !mp_vm_register(vm, &mp_module_zoo, &error))
        return complain("no machine", error.message);
    leo = (Lion){.animal = {.hp = 100, .name = "Leo"}};
    mp_object_init(&leo.animal.object, &mp_class_Lion);
    mp_vm_set_root(vm, "leo", &leo.animal.object);
    apply(vm, "innocent.lua",
          "require('patch').after(native.Animal, 'heal', function(self) self.x = 1 end)");
    apply_attack(vm, attack);
    play(vm);
    bool survived = is_blamed(attack) && is_sound(vm);
    return mp_vm_destroy(vm) && survived;
}

static void *suffer_in_thread(void *attack) { return suffer(attack) ? attack : NULL; }

static bool suffer_on_small_stack(Attack *attack)
{
    pthread_attr_t attributes;
    pthread_t thread;
    void *survived = NULL;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, SMALL_STACK);
    if (pthread_create(&thread, &attributes, suffer_in_thread, attack) != 0)
        return false;
    pthread_join(thread, &survived);
    return survived;
}

/* ---- in the parent ------------------------------------------------------------------------ */

static const char *outcome(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGALRM ? "it hangs" : strsignal(WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ? NULL : "see above";
}

static bool run(Attack *attack, int number)
{
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(SECONDS);
        _exit(attack->small ? !suffer_on_small_stack(attack) : !suffer(attack));
    }
    waitpid(child, &status, 0);
    const char *problem = outcome(status);
    printf("%s %d - %s%s%s\n", problem ? "not ok" : "ok", number, attack->name, problem ? ": " : "",
           problem ? problem : "");
    return !problem;
}

static const char *text_field(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1); /* the table keeps it */
    return text;
}

static Attack read_attack(lua_State *L, bool jit)
{
    Attack attack = {
        .name = text_field(L, "name"),
        .file = text_field(L, "file"),
        .body = text_field(L, "body"),
        .state = text_field(L, "state"),
        .cause = text_field(L, "cause"),
        .jit = jit,
    };
    lua_getfield(L, -1, "small");
    attack.small = lua_toboolean(L, -1);
    lua_pop(L, 1);
    lua_getfield(L, -1, "budget");
    attack.budget = lua_isnumber(L, -1) ? (int)lua_tointeger(L, -1) : BUDGET_MS;
    lua_pop(L, 1);
    if (!attack.state)
        attack.state = "quarantined";
    return attack;
}

/* Runs the attacks of a file; adds to the numbers of them and of those that did harm. */
static void run_file(const char *path, bool jit, const char *only, int *count, int *failures)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_dofile(L, path)) {
        fprintf(stderr, "campaign: %s\n", lua_tostring(L, -1));
        ++*failures;
        lua_settop(L, 0);
        lua_newtable(L);
    }
    for (int i = 1; i <= (int)lua_objlen(L, 1); i++) {
        lua_rawgeti(L, 1, i);
        Attack attack = read_attack(L, jit);
        if (!only || strcmp(only, attack.name) == 0)
            *failures += !run(&attack, ++*count);
        lua_pop(L, 1);
    }
    lua_close(L);
}

int main(int argc, char **argv)
{
    bool jit = true;
    const char *only = NULL;
    int count = 0, failures = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--no-jit") == 0)
            jit = false;
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            only = argv[++i];
        else
            run_file(argv[i], jit, only, &count, &failures);
    }
    printf("1..%d\n", count);
    return failures || !count;
}
