#include "words.h"

#include "vm.h"

#include <stdio.h>
#include <string.h>

enum { ENTRIES = 4, LONGEST_VALUE = 60 };

/* ---- text --------------------------------------------------------------------------------- */

void mp_words_add(MpWords *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = text->size - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    va_end(arguments);
    text->length += (size_t)length < room ? (size_t)length : room - 1;
}

size_t mp_words_cut(const char *bytes, size_t length, size_t most)
{
    if (length <= most)
        return length;
    while (most > 0 && ((unsigned char)bytes[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static void add_quoted(MpWords *text, const char *bytes, size_t length)
{
    size_t shown = mp_words_cut(bytes, length, LONGEST_VALUE);
    mp_words_add(text, "\"");
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '\n')
            mp_words_add(text, "\\n");
        else if (byte < ' ' || byte == 127)
            mp_words_add(text, "\\%u", (unsigned)byte);
        else
            mp_words_add(text, "%c", bytes[i]);
    }
    mp_words_add(text, shown < length ? "...\"" : "\"");
}

/* ---- values ------------------------------------------------------------------------------- */

static void add_function(MpWords *text, lua_State *L, int index)
{
    lua_Debug at;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &at);
    if (at.linedefined > 0)
        mp_words_add(text, "function at %s:%d", at.short_src, at.linedefined);
    else
        mp_words_add(text, "function");
}

static void add_key(MpWords *text, lua_State *L, int index)
{
    size_t length;
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
    if (name && length <= LONGEST_VALUE &&
        strspn(name, "abcdefghijklmnopqrstuvwxyz_"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length) {
        mp_words_add(text, "%s = ", name);
    } else {
        mp_words_add(text, "[");
        mp_words_add_value(text, L, index, false);
        mp_words_add(text, "] = ");
    }
}

/* Its first entries; those of the list without their keys. */
static void add_table(MpWords *text, lua_State *L, int index)
{
    int count = 0;
    bool more = false;
    mp_words_add(text, "{");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        more = count == ENTRIES;
        if (more) {
            lua_pop(L, 2);
            break;
        }
        int key = lua_gettop(L) - 1;
        count++;
        mp_words_add(text, count > 1 ? ", " : " ");
        if (lua_type(L, key) != LUA_TNUMBER || lua_tonumber(L, key) != count)
            add_key(text, L, key);
        mp_words_add_value(text, L, key + 1, false);
        lua_pop(L, 1);
    }
    mp_words_add(text, more ? ", ... }" : count ? " }" : "}");
}

void mp_words_add_value(MpWords *text, lua_State *L, int index, bool whole)
{
    size_t length;
    char words[LONGEST_VALUE + 1];
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        mp_words_add(text, "nil");
        break;
    case LUA_TBOOLEAN:
        mp_words_add(text, lua_toboolean(L, index) ? "true" : "false");
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
            mp_words_add(text, "function");
        break;
    case LUA_TTABLE:
        if (whole)
            add_table(text, L, index);
        else
            mp_words_add(text, "{...}");
        break;
    default:
        mp_describe(L, index, words, sizeof words);
        mp_words_add(text, "%s", words);
        break;
    }
}
