#include "failure.h"

#include "binding.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 16, LOCALS = 12, ENTRIES = 4, LONGEST_VALUE = 60 };

/* ---- text --------------------------------------------------------------------------------- */

/* A buffer that takes what fits. */
typedef struct Text {
    char *bytes;
    size_t size, length;
} Text;

static void add(Text *text, const char *format, ...) MP_PRINTF(2, 3);

static void add(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = text->size - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    va_end(arguments);
    text->length += (size_t)length < room ? (size_t)length : room - 1;
}

/* Where to cut so that no character of UTF-8 is cut through. */
static size_t cut(const char *bytes, size_t length, size_t most)
{
    if (length <= most)
        return length;
    while (most > 0 && ((unsigned char)bytes[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static void add_quoted(Text *text, const char *bytes, size_t length)
{
    size_t shown = cut(bytes, length, LONGEST_VALUE);
    add(text, "\"");
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '\n')
            add(text, "\\n");
        else if (byte < ' ' || byte == 127)
            add(text, "\\%u", (unsigned)byte);
        else
            add(text, "%c", bytes[i]);
    }
    add(text, shown < length ? "...\"" : "\"");
}

/* ---- values ------------------------------------------------------------------------------- */

static void add_function(Text *text, lua_State *L, int index)
{
    lua_Debug at;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &at);
    if (at.linedefined > 0)
        add(text, "function at %s:%d", at.short_src, at.linedefined);
    else
        add(text, "function");
}

static void add_value(Text *text, lua_State *L, int index, bool whole);

static void add_key(Text *text, lua_State *L, int index)
{
    size_t length;
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
    if (name && length <= LONGEST_VALUE &&
        strspn(name, "abcdefghijklmnopqrstuvwxyz_"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length) {
        add(text, "%s = ", name);
    } else {
        add(text, "[");
        add_value(text, L, index, false);
        add(text, "] = ");
    }
}

/* Its first entries; those of the list without their keys. */
static void add_table(Text *text, lua_State *L, int index)
{
    int count = 0;
    bool more = false;
    add(text, "{");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        more = count == ENTRIES;
        if (more) {
            lua_pop(L, 2);
            break;
        }
        int key = lua_gettop(L) - 1;
        count++;
        add(text, count > 1 ? ", " : " ");
        if (lua_type(L, key) != LUA_TNUMBER || lua_tonumber(L, key) != count)
            add_key(text, L, key);
        add_value(text, L, key + 1, false);
        lua_pop(L, 1);
    }
    add(text, more ? ", ... }" : count ? " }" : "}");
}

/* What is inside of a table, not `whole`, is told shorter. */
static void add_value(Text *text, lua_State *L, int index, bool whole)
{
    size_t length;
    char words[LONGEST_VALUE + 1];
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        add(text, "nil");
        break;
    case LUA_TBOOLEAN:
        add(text, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TSTRING: {
        const char *bytes = lua_tolstring(L, index, &length);
        add_quoted(text, bytes, length);
        break;
    }
    case LUA_TFUNCTION:
        if (whole)
            add_function(text, L, index);
        else
            add(text, "function");
        break;
    case LUA_TTABLE:
        if (whole)
            add_table(text, L, index);
        else
            add(text, "{...}");
        break;
    default:
        mp_describe(L, index, words, sizeof words);
        add(text, "%s", words);
        break;
    }
}

/* ---- calls -------------------------------------------------------------------------------- */

static bool is_script(const lua_Debug *at)
{
    return at->currentline > 0 &&
           strncmp(at->source, MP_CHUNK_PREFIX, sizeof MP_CHUNK_PREFIX - 1) != 0;
}

/* Their names stand in brackets when they are the compiler's own. */
static void add_locals(Text *text, lua_State *L, const lua_Debug *at)
{
    int shown = 0;
    const char *name;
    for (int slot = 1; (name = lua_getlocal(L, at, slot)); slot++) {
        bool is_own = *name == '(';
        if (!is_own && ++shown <= LOCALS) {
            add(text, "    %s = ", name);
            add_value(text, L, lua_gettop(L), true);
            add(text, "\n");
        }
        lua_pop(L, 1);
    }
    if (shown > LOCALS)
        add(text, "    and %d more\n", shown - LOCALS);
}

static void add_call(Text *text, lua_State *L, const lua_Debug *at)
{
    add(text, "%s:%d: in ", at->short_src, at->currentline);
    if (*at->what == 'm')
        add(text, "the file itself\n");
    else if (at->name)
        add(text, "%s\n", at->name);
    else
        add(text, "the function at line %d\n", at->linedefined);
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

static void add_calls(Text *text, MpFailure *failure, lua_State *L, int level)
{
    lua_Debug at;
    int shown = 0;
    if (!lua_checkstack(L, 2 * LUA_MINSTACK))
        return;
    for (; shown < CALLS && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "nSl", &at);
        if (!is_script(&at))
            continue;
        note_place(failure, &at);
        add_call(text, L, &at);
        shown++;
    }
    if (shown == CALLS && lua_getstack(L, level, &at))
        add(text, "...\n");
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
    length = cut(message, length, sizeof failure->message - 1);
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
    failure->source[0] = '\0';
    failure->line = 0;
    set_message(failure, message);
    Text text = {.bytes = failure->trace, .size = sizeof failure->trace};
    text.bytes[0] = '\0';
    if (lua_checkstack(L, LUA_MINSTACK)) {
        lua_State *dead = push_dead(vm, L, message);
        if (dead && dead != L)
            add_calls(&text, failure, dead, 0);
        add_calls(&text, failure, L, 1);
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
