/*
 * table.c - holding tables, and doing jobs on them.
 */
#include "table.h"

#include "handle.h"
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_OPEN, STATE_CLOSED, STATE_FREED };

/* ---- words -------------------------------------------------------------------------------- */

void mp_table_write_path(const MpTable *table, const MpKey *key, char *text)
{
    char whole[2 * MP_TABLE_PATH_SIZE];
    const char *path = table ? table->path : "";
    int length;
    if (!key)
        length = snprintf(whole, sizeof whole, "%s", *path ? path : "table");
    else if (key->name)
        length = snprintf(whole, sizeof whole, "%s%s%.100s", path, *path ? "." : "", key->name);
    else
        length = snprintf(whole, sizeof whole, "%s[%lld]", path, key->index);
    if (length < MP_TABLE_PATH_SIZE)
        memcpy(text, whole, (size_t)length + 1);
    else
        snprintf(text, MP_TABLE_PATH_SIZE, "...%s", whole + length - (MP_TABLE_PATH_SIZE - 4));
}

bool mp_table_fail(const MpTableJob *job, MpStatus status, const char *text)
{
    char path[MP_TABLE_PATH_SIZE];
    mp_table_write_path(job->table, job->key, path);
    mp_error_set(job->error, status, "%s: %s", path, text);
    return false;
}

bool mp_table_refuse_entry(const MpTableJob *job, lua_State *L)
{
    char got[64], text[192];
    bool handle = mp_handle_class(job->table->vm, L, 2);
    bool dead = handle && !mp_handle_resolve(*(const MpHandle *)lua_touserdata(L, 2));
    mp_describe(L, 2, got, sizeof got);
    snprintf(text, sizeof text, "%s expected, got %s%s", job->words, got,
             dead ? " (destroyed)" : "");
    return mp_table_fail(job, lua_isnil(L, 2) ? MP_NOT_FOUND : MP_SCRIPT, text);
}

/* ---- jobs --------------------------------------------------------------------------------- */

void mp_table_push_key(lua_State *L, MpKey key)
{
    if (key.name)
        lua_pushstring(L, key.name);
    else
        lua_pushnumber(L, (lua_Number)key.index);
}

static int run_protected(lua_State *L)
{
    MpTableJob *job = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, job->table->reference);
    lua_replace(L, 1);
    if (job->key) {
        mp_table_push_key(L, *job->key);
        lua_rawget(L, 1);
    }
    job->done = job->work(job, L);
    return 0;
}

static bool is_usable(const MpTableJob *job)
{
    const MpTable *table = job->table;
    const MpKey *key = job->key;
    MpError error;
    if (!table)
        return mp_table_fail(job, MP_NOT_FOUND, "there is no table");
    if (table->thread != mp_thread_self())
        return mp_table_fail(job, MP_REFUSED, "the table is of another thread");
    if (!table->vm)
        return mp_table_fail(job, MP_REFUSED, "the Lua machine of the table was closed");
    if (!mp_vm_may_use(table->vm, "a table", &error))
        return mp_table_fail(job, error.status, error.message);
    if (key && !key->name && (key->index > MP_INDEX_LIMIT || key->index < -MP_INDEX_LIMIT))
        return mp_table_fail(job, MP_INVALID, "no such index");
    return true;
}

bool mp_table_run(MpTableJob *job)
{
    if (!is_usable(job))
        return false;
    lua_State *L = mp_thread_state(job->table->vm);
    int status = lua_cpcall(L, run_protected, job);
    if (status == 0)
        return job->done;
    char text[256];
    snprintf(text, sizeof text, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    return mp_table_fail(job, status == LUA_ERRMEM ? MP_MEMORY : MP_INVALID, text);
}

/* ---- holding ------------------------------------------------------------------------------ */

const char *mp_keep_text(MpKeptText *text, const char *bytes, size_t size)
{
    if (text->room <= size) {
        char *grown = realloc(text->bytes, size + 1);
        if (!grown)
            return NULL;
        *text = (MpKeptText){.bytes = grown, .room = size + 1};
    }
    memcpy(text->bytes, bytes, size);
    text->bytes[size] = '\0';
    return text->bytes;
}

MpTable *mp_table_hold(MpVm *vm, lua_State *L, int index, const char *path)
{
    lua_pushvalue(L, index);
    int reference = luaL_ref(L, LUA_REGISTRYINDEX);
    MpTable *table = calloc(1, sizeof *table);
    if (!table) {
        luaL_unref(L, LUA_REGISTRYINDEX, reference);
        return NULL;
    }
    table->vm = vm;
    table->thread = mp_thread_self();
    table->reference = reference;
    table->cursor = LUA_NOREF;
    snprintf(table->path, sizeof table->path, "%s", path);
    table->next = vm->tables;
    table->link = &vm->tables;
    if (table->next)
        table->next->link = &table->next;
    vm->tables = table;
    return table;
}

static void give_back(MpTable *table)
{
    free(table->text.bytes);
    free(table->key.bytes);
    free(table);
}

void mp_table_free(MpTable *table)
{
    if (!table)
        return;
    /* Inside a leaf the stack is compiled code's: the table waits for the end of the VM. */
    bool own = table->thread == mp_thread_self() && !mp_leaf_running;
    if (own && table->vm) {
        luaL_unref(mp_thread_state(table->vm), LUA_REGISTRYINDEX, table->reference);
        luaL_unref(mp_thread_state(table->vm), LUA_REGISTRYINDEX, table->cursor);
        *table->link = table->next;
        if (table->next)
            table->next->link = table->link;
        give_back(table);
    } else if (atomic_exchange(&table->state, STATE_FREED) == STATE_CLOSED) {
        give_back(table);
    }
}

void mp_tables_close(MpVm *vm)
{
    for (MpTable *table = vm->tables, *next; table; table = next) {
        next = table->next;
        table->vm = NULL;
        if (atomic_exchange(&table->state, STATE_CLOSED) == STATE_FREED)
            give_back(table);
    }
    vm->tables = NULL;
}

bool mp_table_push(const MpVm *vm, lua_State *L, const MpTable *table)
{
    if (!table)
        lua_pushnil(L);
    else if (table->thread == mp_thread_self() && table->vm == vm)
        lua_rawgeti(L, LUA_REGISTRYINDEX, table->reference);
    else
        return false;
    return true;
}

/* ---- for the host ------------------------------------------------------------------------- */

typedef struct Creation {
    MpVm *vm;
    MpTable *table;
} Creation;

static int create_protected(lua_State *L)
{
    Creation *creation = lua_touserdata(L, 1);
    lua_newtable(L);
    creation->table = mp_table_hold(creation->vm, L, -1, "");
    return 0;
}

MpTable *mp_table_create(MpVm *vm, MpError *error)
{
    Creation creation = {.vm = vm};
    if (!mp_vm_may_use(vm, "mp_table_create", error))
        return NULL;
    lua_State *L = mp_thread_state(vm);
    if (lua_cpcall(L, create_protected, &creation) != 0)
        lua_pop(L, 1);
    if (!creation.table)
        mp_error_set(error, MP_MEMORY, "no memory for a table");
    return creation.table;
}

MpTable *mp_table_of_module(MpVm *vm, const char *name, MpError *error)
{
    if (!mp_vm_may_use(vm, "mp_table_of_module", error))
        return NULL;
    lua_State *L = mp_thread_state(vm);
    MpTable *table = NULL;
    lua_pushstring(L, name);
    if (!mp_half_call_on(vm, L, "require", 1, 1))
        mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
    else if (!lua_istable(L, -1))
        mp_error_set(error, MP_SCRIPT, "module %s returns a %s, no table", name,
                     luaL_typename(L, -1));
    else if (!(table = mp_table_hold(vm, L, -1, name)))
        mp_error_set(error, MP_MEMORY, "no memory for a table");
    lua_pop(L, 1);
    return table;
}
