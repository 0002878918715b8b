/*
 * list.c - table.sort and table.concat as scripts get them.
 */
#include "buffer.h"
#include "library.h"
#include "memory.h"
#include "nesting.h"

#include <string.h>

/* ---- sort --------------------------------------------------------------------------------- */

/* Sorts the places 1 to `count` of the list at 1; the list is rewritten once they are in order. */
typedef struct Sort {
    MpVm *vm;
    lua_State *L;
    bool by_function; /* at 2 */
} Sort;

/* Whether the element of place `b` must stand before that of place `a`. */
static bool is_before(const Sort *sort, int b, int a)
{
    lua_State *L = sort->L;
    mp_library_poll(sort->vm, L);
    if (sort->by_function)
        lua_pushvalue(L, 2);
    lua_rawgeti(L, 1, b);
    lua_rawgeti(L, 1, a);
    if (sort->by_function) {
        lua_call(L, 2, 1);
        bool before = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return before;
    }
    bool before = lua_lessthan(L, -2, -1);
    lua_pop(L, 2);
    return before;
}

/* Merges two sorted runs of `from`, up to `middle` and up to `end`, into the same places of `to`.
 */
static void merge(const Sort *sort, const int *from, int *to, int start, int middle, int end)
{
    int left = start, right = middle;
    for (int i = start; i < end; i++) {
        bool take_right =
            left == middle || (right < end && is_before(sort, from[right], from[left]));
        to[i] = from[take_right ? right++ : left++];
    }
}

/* Merge sort from runs of one element up: n log n comparisons of whatever they say. Two lists of
 * `count` places; returns the one that is sorted. */
static const int *sort_places(const Sort *sort, int *from, int *to, int count)
{
    for (int width = 1; width < count; width = width <= count / 2 ? 2 * width : count) {
        for (int start = 0; start < count; start += 2 * width) {
            int left = count - start;
            int middle = start + (left < width ? left : width);
            int end = left / 2 < width ? count : start + 2 * width;
            merge(sort, from, to, start, middle, end);
            if (end == count)
                break;
        }
        int *sorted = to;
        to = from;
        from = sorted;
    }
    return from;
}

/* Puts the elements into the order of the places: a copy is made of the list, and written back. */
static void rearrange(lua_State *L, const int *places, int count)
{
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, 1, places[i]);
        lua_rawseti(L, -2, i + 1);
    }
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        lua_rawseti(L, 1, i);
    }
}

static int table_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    size_t length = lua_objlen(L, 1);
    Sort sort = {.vm = mp_library_vm(L), .L = L, .by_function = !lua_isnil(L, 2)};
    if (length < 2)
        return 0;
    if (length > INT32_MAX / 4)
        return luaL_error(L, "too many elements to sort");
    mp_nesting_check(sort.vm, L);
    mp_memory_ask(sort.vm, L, length * (2 * sizeof(int) + sizeof(lua_Number)));
    int count = (int)length, *places = lua_newuserdata(L, 2 * length * sizeof *places);
    for (int i = 0; i < count; i++)
        places[i] = i + 1;
    rearrange(L, sort_places(&sort, places, places + count, count), count);
    return 0;
}

/* ---- concat ------------------------------------------------------------------------------- */

static int table_concat(lua_State *L)
{
    size_t between;
    luaL_checktype(L, 1, LUA_TTABLE);
    const char *separator = luaL_optlstring(L, 2, "", &between);
    int first = mp_library_int(L, 3, 1);
    int last = mp_library_int(L, 4, (int)lua_objlen(L, 1));
    MpBuffer result;
    mp_buffer_open(&result, mp_library_vm(L), L);
    for (int64_t i = first; i <= last; i++) {
        mp_library_poll(result.vm, L);
        lua_rawgeti(L, 1, (int)i);
        if (!lua_isstring(L, -1))
            luaL_error(L, "invalid value (%s) at index %d in table for 'concat'",
                       luaL_typename(L, -1), (int)i);
        mp_buffer_add_value(&result);
        if (i < last)
            mp_buffer_add(&result, separator, between);
    }
    mp_buffer_push(&result);
    return 1;
}

const luaL_Reg mp_library_table[] = {{"concat", table_concat}, {"sort", table_sort}, {NULL, NULL}};
