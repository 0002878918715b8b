/*
 * traceback.c - the message handler of every protected call, the bridge's own Lua included.
 *
 * It runs where the error was raised, so it is the one to say what only the stack there knows.
 */
#include "vm.h"

#include "binding.h"
#include "culprit.h"
#include "failure.h"
#include "handle.h"
#include "words.h"

#include <lauxlib.h>
#include <string.h>

/* An error value that is no text is named, and a table's first entries are told, with the innermost
 * line of Lua: its __tostring would be script code. */
static void push_type(lua_State *L)
{
    enum { CONTENT = 300 };
    lua_Debug at = {.currentline = -1};
    for (int level = 1; at.currentline <= 0 && lua_getstack(L, level, &at); level++)
        lua_getinfo(L, "Sl", &at);
    if (at.currentline > 0)
        lua_pushfstring(L, "%s:%d: ", at.short_src, at.currentline);
    else
        lua_pushliteral(L, "");
    lua_pushfstring(L, "error object is a %s", luaL_typename(L, 1));
    char content[CONTENT] = "";
    MpWords words = {.bytes = content, .size = sizeof content};
    if (lua_istable(L, 1)) {
        mp_words_add(&words, ": ");
        mp_words_add_value(&words, L, 1, true);
    } else if (lua_isnil(L, 1)) {
        mp_words_add(&words, ": error() was given no message");
    }
    lua_pushstring(L, content);
    lua_concat(L, 3);
}

/* Pushes the object whose method was probably to be called. It lies above the nil that was found in
 * place of the function; on 64-bit machines LuaJIT keeps a word between them, in which anything may
 * be left. So this is a guess, good enough for a hint. */
static bool push_receiver(MpVm *vm, lua_State *L)
{
    const int distance = sizeof(void *) == 8 ? 2 : 1;
    bool was_nil[2] = {false, false}; /* of the slots before: [slot % distance] */
    lua_Debug at;
    if (!lua_getstack(L, 1, &at))
        return false;
    for (int slot = 1; lua_getlocal(L, &at, slot); slot++) {
        bool *below = &was_nil[slot % distance];
        if (*below && mp_handle_class(vm, L, -1))
            return true;
        *below = lua_isnil(L, -1);
        lua_pop(L, 1);
    }
    return false;
}

/* Appends what the misspelt field or method of a table or an object was probably meant to be. */
static void explain_name(MpVm *vm, lua_State *L, const char *name, bool is_method)
{
    static const char end[] = "' (a nil value)";
    const char *after = strstr(name, end);
    if (!after)
        return;
    is_method = is_method && push_receiver(vm, L);
    lua_pushlstring(L, name, (size_t)(after - name));
    if (mp_half_call_on(vm, L, is_method ? "suggest_method" : "suggest_field", 1 + is_method, 1) &&
        lua_isstring(L, -1))
        lua_concat(L, 2);
    else
        lua_pop(L, 1);
}

/* Appends to the text on the stack's top the way out of what LuaJIT says in its own words. */
static void explain(MpVm *vm, lua_State *L)
{
    static const struct {
        const char *said, *way_out;
    } texts[] = {
        /* the first is of methods */
        {"attempt to call method '", NULL},
        {"attempt to call field '", NULL},
        {"attempt to index field '", NULL},
        {"attempt to write to constant location", ": this is a copy, and the change would be lost; "
                                                  "write a whole value to where it came from"},
        {"cannot convert '", ": that is no value for a member of a value struct"},
    };
    const char *message = lua_tostring(L, -1), *at;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!(at = strstr(message, texts[i].said)))
            continue;
        if (!texts[i].way_out) {
            explain_name(vm, L, at + strlen(texts[i].said), i == 0);
        } else {
            lua_pushstring(L, texts[i].way_out);
            lua_concat(L, 2);
        }
        return;
    }
}

/* Pushes the message, or its beginning: it goes to logs. */
static void push_text(lua_State *L)
{
    enum { LONGEST = 4096 };
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    lua_pushlstring(L, text, length < LONGEST ? length : LONGEST);
    if (length > LONGEST) {
        lua_pushliteral(L, "...");
        lua_concat(L, 2);
    }
}

int mp_traceback(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING)
        push_text(L);
    else
        push_type(L);
    if (strstr(lua_tostring(L, -1), "\nstack traceback:")) /* raised again: the first one counts */
        return 1;
    MpVm *vm = mp_wrapper_vm(L);
    bool is_patch = mp_culprit_note(vm, L);
    explain(vm, L);
    mp_failure_note(vm, L, is_patch);
    luaL_traceback(L, L, lua_tostring(L, -1), 1);
    return 1;
}
