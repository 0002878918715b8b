#include "failure.h"

#include "binding.h"
#include "function_name.h"
#include "words.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 16, LOCALS = 12, UPVALUES = 6, FARTHEST = 200 };

/* ---- calls -------------------------------------------------------------------------------- */

static bool is_script(const lua_Debug *at)
{
    return at->currentline > 0 &&
           strncmp(at->source, MP_CHUNK_PREFIX, sizeof MP_CHUNK_PREFIX - 1) != 0;
}

static bool is_of_game(const lua_Debug *at)
{
    return is_script(at) && *at->source != MP_CHUNK_NOT_OF_GAME;
}

/* Whether the game has a hand in what is on the stack, and not the host's library alone. */
static bool has_game(lua_State *L, int level)
{
    lua_Debug at;
    for (; level < FARTHEST && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "Sl", &at);
        if (is_of_game(&at))
            return true;
    }
    return false;
}

/* Their names stand in brackets when they are the compiler's own. */
static void add_locals(MpWords *text, lua_State *L, const lua_Debug *at)
{
    int shown = 0;
    const char *name;
    for (int slot = 1; (name = lua_getlocal(L, at, slot)); slot++) {
        bool is_own = *name == '(';
        if (!is_own && ++shown <= LOCALS) {
            mp_words_add(text, "    %s = ", name);
            mp_words_add_value(text, L, lua_gettop(L), true);
            mp_words_add(text, "\n");
        }
        lua_pop(L, 1);
    }
    if (shown > LOCALS)
        mp_words_add(text, "    and %d more\n", shown - LOCALS);
}

/* Whether the table or function on the top is a module, or something else that does not change. */
static bool is_constant(MpVm *vm, lua_State *L)
{
    int value = lua_gettop(L);
    if (lua_isfunction(L, value))
        return true;
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->half);
    lua_getfield(L, -1, "modules");
    bool is_module = false;
    if (lua_istable(L, value) && lua_istable(L, -1))
        for (lua_pushnil(L); !is_module && lua_next(L, value + 2); lua_pop(L, 1))
            is_module = lua_rawequal(L, -1, value);
    lua_settop(L, value);
    return is_module;
}

/* Games keep much of their state in the locals of a file, which their functions see as upvalues. */
static void add_upvalues(MpVm *vm, MpWords *text, lua_State *L, lua_Debug *at)
{
    int shown = 0;
    const char *name;
    lua_getinfo(L, "f", at);
    int function = lua_gettop(L);
    for (int i = 1; shown < UPVALUES && (name = lua_getupvalue(L, function, i)); i++) {
        if (!is_constant(vm, L)) {
            mp_words_add(text, "    %s = ", name);
            mp_words_add_value(text, L, function + 1, true);
            mp_words_add(text, " (upvalue)\n");
            shown++;
        }
        lua_settop(L, function);
    }
    lua_settop(L, function - 1);
}

static void add_call(MpVm *vm, MpWords *text, lua_State *L, lua_Debug *at)
{
    char name[MP_FUNCTION_NAME_SIZE];
    mp_words_add(text, "%s:%d: in ", at->short_src, at->currentline);
    if (*at->what == 'm')
        mp_words_add(text, "the file itself\n");
    else if (mp_function_name(vm, L, at, name))
        mp_words_add(text, "%s\n", name);
    else
        mp_words_add(text, "the function at line %d\n", at->linedefined);
    add_locals(text, L, at);
}

/* The place of the innermost script on any of the stacks is where it happened, unless the message
 * says better. */
static void note_place(MpFailure *failure, const lua_Debug *at)
{
    if (failure->line)
        return;
    const char *path = *at->source == '@' ? at->source + 1 : at->short_src;
    snprintf(failure->source, sizeof failure->source, "%s", path);
    failure->line = at->currentline;
}

static bool is_called_by_game(lua_State *L, int level)
{
    lua_Debug caller;
    return lua_getstack(L, level + 1, &caller) && lua_getinfo(L, "Sl", &caller) &&
           is_of_game(&caller);
}

static void add_calls(MpVm *vm, MpWords *text, lua_State *L, int level, bool of_game)
{
    MpFailure *failure = &vm->failure;
    lua_Debug at;
    if (!lua_checkstack(L, 2 * LUA_MINSTACK))
        return;
    for (int shown = 0; lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "nSl", &at);
        if (!is_script(&at))
            continue;
        if (of_game && !is_of_game(&at)) {
            if (strcmp(failure->source, at.short_src) == 0)
                failure->line = 0; /* who called the library knows better what to do */
            continue;
        }
        if (shown == CALLS) {
            mp_words_add(text, "...\n");
            return;
        }
        if (!is_called_by_game(L, level))
            at.name = NULL; /* "call" of timer.lua says nothing */
        bool is_first = text->length == 0;
        note_place(failure, &at);
        add_call(vm, text, L, &at);
        if (is_first)
            add_upvalues(vm, text, L, &at);
        shown++;
    }
}

/* Takes down what the outermost function of the game is called: "pressed" of "main.pressed". */
static void note_function(MpVm *vm, lua_State *L)
{
    lua_Debug at, outermost;
    char name[MP_FUNCTION_NAME_SIZE];
    bool is_found = false;
    int level = 1;
    for (; level < FARTHEST && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "Sl", &at);
        if (!is_of_game(&at))
            continue;
        outermost = at;
        outermost.name = NULL;
        is_found = true;
    }
    if (!is_found || level == FARTHEST || !mp_function_name(vm, L, &outermost, name))
        return;
    const char *last = strpbrk(name, ".:") ? name + strlen(name) : name;
    while (last > name && !strchr(".:", last[-1]))
        last--;
    snprintf(vm->failure.function, sizeof vm->failure.function, "%s", last);
}

/* ---- the message -------------------------------------------------------------------------- */

/* Takes the place from "scripts/main.lua:12: ...", which error() may have put on a caller. */
static void read_place(MpFailure *failure)
{
    const char *message = failure->message, *end = strstr(message, ".lua:");
    size_t length = end ? (size_t)(end - message) + 4 : 0;
    char *after = NULL;
    long line = end ? strtol(end + 5, &after, 10) : 0;
    if (!end || line < 1 || line > INT_MAX || *after != ':' || length >= sizeof failure->source ||
        memchr(message, '\n', length) || memchr(message, ' ', length) ||
        strncmp(message, "...", 3) == 0)
        return;
    snprintf(failure->source, sizeof failure->source, "%.*s", (int)length, message);
    failure->line = (int)line;
}

static void set_message(MpFailure *failure, const char *message)
{
    const char *end = strstr(message, "\nstack traceback:");
    size_t length = end ? (size_t)(end - message) : strlen(message);
    length = mp_words_cut(message, length, sizeof failure->message - 1);
    snprintf(failure->message, sizeof failure->message, "%.*s", (int)length, message);
    read_place(failure);
}

/* ---- taking it down ----------------------------------------------------------------------- */

void mp_failure_open(MpVm *vm)
{
    lua_newtable(vm->main);
    vm->dead = luaL_ref(vm->main, LUA_REGISTRYINDEX);
}

void mp_failure_clear(MpVm *vm)
{
    vm->call_failed = vm->coroutine_failed = false;
    vm->failure.message[0] = '\0';
}

void mp_failure_note_coroutine(MpVm *vm, lua_State *thread)
{
    if (lua_type(thread, -1) != LUA_TSTRING || !lua_checkstack(thread, LUA_MINSTACK))
        return;
    lua_rawgeti(thread, LUA_REGISTRYINDEX, vm->dead);
    lua_pushvalue(thread, -2);
    lua_rawseti(thread, -2, 1);
    lua_pushthread(thread);
    lua_rawseti(thread, -2, 2);
    lua_pop(thread, 1);
    vm->coroutine_failed = true;
}

/* The coroutine whose error is raised again with that message, or NULL; on the stack's top. */
static lua_State *push_dead(MpVm *vm, lua_State *L, const char *message)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->dead);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    const char *said = vm->coroutine_failed ? lua_tostring(L, -2) : NULL;
    return said && *said && strstr(message, said) ? lua_tothread(L, -1) : NULL;
}

void mp_failure_note(MpVm *vm, lua_State *L, bool by_patch)
{
    MpFailure *failure = &vm->failure;
    failure->message[0] = '\0';
    if (by_patch)
        return;
    int top = lua_gettop(L);
    const char *message = lua_tostring(L, top);
    failure->source[0] = failure->function[0] = '\0';
    failure->line = 0;
    set_message(failure, message);
    MpWords text = {.bytes = failure->trace, .size = sizeof failure->trace};
    text.bytes[0] = '\0';
    if (lua_checkstack(L, LUA_MINSTACK)) {
        lua_State *dead = push_dead(vm, L, message);
        bool of_game = has_game(L, 1) || (dead && has_game(dead, 0));
        if (dead && dead != L)
            add_calls(vm, &text, dead, 0, of_game);
        add_calls(vm, &text, L, 1, of_game);
        note_function(vm, L);
    }
    lua_settop(L, top);
}

void mp_failure_conclude(MpVm *vm, const char *message, bool by_patch)
{
    MpFailure *failure = &vm->failure;
    vm->call_failed = !by_patch;
    if (failure->message[0] || by_patch)
        return;
    *failure = (MpFailure){.line = 0}; /* no handler runs where there is no memory */
    set_message(failure, message);
}

const MpFailure *mp_vm_failure(const MpVm *vm) { return vm->call_failed ? &vm->failure : NULL; }
