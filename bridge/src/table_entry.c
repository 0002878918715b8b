/*
 * table_entry.c - the typed reads and writes of a table's entries.
 *
 * Each is a job with its work: what is done with the table at 1 and the entry at 2.
 */
#include "binding.h"
#include "handle.h"
#include "table.h"
#include "wide.h"

#include <stdio.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------------ */

static bool get(MpTable *table, MpKey key, MpTableWork *work, const char *words, void *value,
                MpError *error)
{
    return mp_table_run(&(MpTableJob){
        .table = table, .key = &key, .work = work, .words = words, .value = value, .error = error});
}

static bool read_bool(MpTableJob *job, lua_State *L)
{
    if (!lua_isboolean(L, 2))
        return mp_table_refuse_entry(job, L);
    *(bool *)job->value = lua_toboolean(L, 2);
    return true;
}

bool mp_table_get_bool(MpTable *table, MpKey key, bool *value, MpError *error)
{
    return get(table, key, read_bool, "boolean", value, error);
}

static bool read_int(MpTableJob *job, lua_State *L)
{
    double number = 0;
    if (!mp_read_whole(L, 2, INT32_MIN, INT32_MAX, &number))
        return mp_table_refuse_entry(job, L);
    *(int *)job->value = (int)number;
    return true;
}

bool mp_table_get_int(MpTable *table, MpKey key, int *value, MpError *error)
{
    return get(table, key, read_int, "integer", value, error);
}

static bool read_integer(MpTableJob *job, lua_State *L)
{
    return mp_wide_read(job->table->vm, L, 2, job->value) || mp_table_refuse_entry(job, L);
}

bool mp_table_get_integer(MpTable *table, MpKey key, long long *value, MpError *error)
{
    return get(table, key, read_integer, "64-bit integer", value, error);
}

static bool read_number(MpTableJob *job, lua_State *L)
{
    if (lua_type(L, 2) != LUA_TNUMBER)
        return mp_table_refuse_entry(job, L);
    *(double *)job->value = lua_tonumber(L, 2);
    return true;
}

bool mp_table_get_number(MpTable *table, MpKey key, double *value, MpError *error)
{
    return get(table, key, read_number, "number", value, error);
}

/* ---- strings ------------------------------------------------------------------------------ */

typedef struct Bytes {
    const char *bytes;
    size_t size;
    bool any; /* zero bytes are welcome */
} Bytes;

static bool read_bytes(MpTableJob *job, lua_State *L)
{
    Bytes *result = job->value;
    size_t size = 0;
    const char *bytes = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (!bytes || (!result->any && memchr(bytes, '\0', size)))
        return mp_table_refuse_entry(job, L);
    result->bytes = mp_keep_text(&job->table->text, bytes, size);
    result->size = size;
    return result->bytes || mp_table_fail(job, MP_MEMORY, "no memory for a string");
}

bool mp_table_get_bytes(MpTable *table, MpKey key, const char **bytes, size_t *size, MpError *error)
{
    Bytes result = {.any = true};
    if (!get(table, key, read_bytes, "string", &result, error))
        return false;
    *bytes = result.bytes;
    *size = result.size;
    return true;
}

bool mp_table_get_string(MpTable *table, MpKey key, const char **value, MpError *error)
{
    Bytes result = {.any = false};
    if (!get(table, key, read_bytes, "string", &result, error))
        return false;
    *value = result.bytes;
    return true;
}

/* ---- objects and tables ------------------------------------------------------------------- */

typedef struct Reference {
    const MpClass *class_of;
    MpObject *object;
} Reference;

static bool read_object(MpTableJob *job, lua_State *L)
{
    Reference *reference = job->value;
    if (lua_isnil(L, 2) ||
        !mp_handle_read(job->table->vm, L, 2, reference->class_of, &reference->object))
        return mp_table_refuse_entry(job, L);
    return true;
}

bool mp_table_get_object(MpTable *table, MpKey key, const MpClass *class_of, MpObject **value,
                         MpError *error)
{
    Reference reference = {.class_of = class_of};
    const char *words = class_of ? class_of->name : "object";
    if (!get(table, key, read_object, words, &reference, error))
        return false;
    *value = reference.object;
    return true;
}

static bool read_table(MpTableJob *job, lua_State *L)
{
    MpTable **held = job->value;
    char path[MP_TABLE_PATH_SIZE];
    if (!lua_istable(L, 2))
        return mp_table_refuse_entry(job, L);
    mp_table_write_path(job->table, job->key, path);
    *held = mp_table_hold(job->table->vm, L, 2, path);
    return *held || mp_table_fail(job, MP_MEMORY, "no memory for a table");
}

MpTable *mp_table_get_table(MpTable *table, MpKey key, MpError *error)
{
    MpTable *held = NULL;
    get(table, key, read_table, "table", &held, error);
    return held;
}

/* ---- looking around ----------------------------------------------------------------------- */

static bool read_kind(MpTableJob *job, lua_State *L)
{
    static const MpEntryKind kinds[] = {
        [LUA_TNIL] = MP_ENTRY_NIL,
        [LUA_TBOOLEAN] = MP_ENTRY_BOOL,
        [LUA_TLIGHTUSERDATA] = MP_ENTRY_OTHER,
        [LUA_TNUMBER] = MP_ENTRY_NUMBER,
        [LUA_TSTRING] = MP_ENTRY_STRING,
        [LUA_TTABLE] = MP_ENTRY_TABLE,
    };
    size_t type = (size_t)lua_type(L, 2);
    MpEntryKind kind = type < sizeof kinds / sizeof *kinds ? kinds[type] : MP_ENTRY_OTHER;
    if (mp_handle_class(job->table->vm, L, 2))
        kind = MP_ENTRY_OBJECT;
    *(MpEntryKind *)job->value = kind;
    return true;
}

MpEntryKind mp_table_kind(MpTable *table, MpKey key)
{
    MpEntryKind kind = MP_ENTRY_NIL;
    get(table, key, read_kind, "", &kind, NULL);
    return kind;
}

static bool read_length(MpTableJob *job, lua_State *L)
{
    *(size_t *)job->value = lua_objlen(L, 1);
    return true;
}

size_t mp_table_length(MpTable *table)
{
    size_t length = 0;
    mp_table_run(&(MpTableJob){.table = table, .work = read_length, .value = &length});
    return length;
}

/* Keeps the name on the stack's top alive: LuaJIT finds a removed key again only by the string
 * itself. */
static void keep_cursor(MpTable *table, lua_State *L)
{
    lua_pushvalue(L, -1);
    if (table->cursor == LUA_NOREF)
        table->cursor = luaL_ref(L, LUA_REGISTRYINDEX);
    else
        lua_rawseti(L, LUA_REGISTRYINDEX, table->cursor);
}

/* Takes the key on the stack's top over if an MpKey can hold it. */
static bool take_key(MpTableJob *job, lua_State *L, MpKey *key)
{
    size_t size;
    double number;
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *name = lua_tolstring(L, -1, &size);
        if (memchr(name, '\0', size))
            return false;
        keep_cursor(job->table, L);
        *key = mp_key(mp_keep_text(&job->table->key, name, size));
        return key->name || mp_table_fail(job, MP_MEMORY, "no memory for a key");
    }
    if (!mp_read_whole(L, -1, -(double)MP_INDEX_LIMIT, (double)MP_INDEX_LIMIT, &number))
        return false;
    *key = mp_at((long long)number);
    return true;
}

static bool step(MpTableJob *job, lua_State *L)
{
    MpKey *key = job->value;
    lua_settop(L, 1);
    if (!key->name && key->index == MP_KEY_NONE.index)
        lua_pushnil(L);
    else
        mp_table_push_key(L, *key);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (take_key(job, L, key))
            return true;
    }
    return false;
}

bool mp_table_next(MpTable *table, MpKey *key, MpError *error)
{
    return mp_table_run(&(MpTableJob){.table = table, .work = step, .value = key, .error = error});
}

/* ---- writing ------------------------------------------------------------------------------ */

static bool set(MpTable *table, MpKey key, MpTableWork *work, const void *value, size_t size,
                MpError *error)
{
    return mp_table_run(&(MpTableJob){.table = table,
                                      .key = &key,
                                      .work = work,
                                      .value = (void *)(uintptr_t)value,
                                      .size = size,
                                      .error = error});
}

/* Stores what is on the stack's top. */
static bool store(const MpTableJob *job, lua_State *L)
{
    mp_table_push_key(L, *job->key);
    lua_insert(L, -2);
    lua_rawset(L, 1);
    return true;
}

static bool write_bool(MpTableJob *job, lua_State *L)
{
    lua_pushboolean(L, *(const bool *)job->value);
    return store(job, L);
}

bool mp_table_set_bool(MpTable *table, MpKey key, bool value, MpError *error)
{
    return set(table, key, write_bool, &value, 0, error);
}

static bool write_integer(MpTableJob *job, lua_State *L)
{
    mp_wide_push(job->table->vm, L, *(const long long *)job->value);
    return store(job, L);
}

bool mp_table_set_integer(MpTable *table, MpKey key, long long value, MpError *error)
{
    return set(table, key, write_integer, &value, 0, error);
}

static bool write_number(MpTableJob *job, lua_State *L)
{
    lua_pushnumber(L, *(const double *)job->value);
    return store(job, L);
}

bool mp_table_set_number(MpTable *table, MpKey key, double value, MpError *error)
{
    return set(table, key, write_number, &value, 0, error);
}

static bool write_bytes(MpTableJob *job, lua_State *L)
{
    lua_pushlstring(L, job->value, job->size);
    return store(job, L);
}

bool mp_table_set_bytes(MpTable *table, MpKey key, const char *bytes, size_t size, MpError *error)
{
    return set(table, key, write_bytes, bytes, size, error);
}

static bool write_nil(MpTableJob *job, lua_State *L)
{
    lua_pushnil(L);
    return store(job, L);
}

bool mp_table_remove(MpTable *table, MpKey key, MpError *error)
{
    return set(table, key, write_nil, NULL, 0, error);
}

bool mp_table_set_string(MpTable *table, MpKey key, const char *value, MpError *error)
{
    return value ? mp_table_set_bytes(table, key, value, strlen(value), error)
                 : mp_table_remove(table, key, error);
}

static bool write_object(MpTableJob *job, lua_State *L)
{
    const MpObject *object = job->value;
    mp_push_object(job->table->vm, L, object);
    if (object && lua_isnil(L, -1))
        return mp_table_fail(job, MP_INVALID, "the object is not registered, or has no binding");
    return store(job, L);
}

bool mp_table_set_object(MpTable *table, MpKey key, const MpObject *value, MpError *error)
{
    return set(table, key, write_object, value, 0, error);
}

static bool write_table(MpTableJob *job, lua_State *L)
{
    if (!mp_table_push(job->table->vm, L, job->value))
        return mp_table_fail(job, MP_INVALID, "the other table belongs to another Lua machine");
    return store(job, L);
}

bool mp_table_set_table(MpTable *table, MpKey key, const MpTable *value, MpError *error)
{
    return set(table, key, write_table, value, 0, error);
}
