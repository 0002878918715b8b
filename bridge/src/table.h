/*
 * table.h - C's hold on Lua tables, as the bridge's own files see it.
 */
#ifndef MP_TABLE_PRIVATE_H
#define MP_TABLE_PRIVATE_H

#include "moonpatch/table.h"
#include "vm.h"

/** Text that C was handed; grows as needed. */
typedef struct MpKeptText {
    char *bytes;
    size_t room;
} MpKeptText;

enum { MP_TABLE_PATH_SIZE = 160 };

struct MpTable {
    MpVm *vm;           /**< NULL: closed. The VM's thread alone looks. */
    const void *thread; /**< mp_thread_self() of the VM's. */
    atomic_int state;
    int reference;
    int cursor;                    /**< Keeps the key that mp_table_next() found last. */
    MpTable *next, **link;         /**< The VM's list. */
    MpKeptText text;               /**< The string that was read last. */
    MpKeptText key;                /**< The name that mp_table_next() found last. */
    char path[MP_TABLE_PATH_SIZE]; /**< For people: "balance.waves[3]"; "" for a table alone. */
};

/** An MpKey's index is within this, where numbers are exact. */
static const long long MP_INDEX_LIMIT = 1LL << 53;

typedef struct MpTableJob MpTableJob;

/** Works with the table at 1 and, if the job has a key, its entry at 2. False: `error` is set. */
typedef bool MpTableWork(MpTableJob *job, lua_State *L);

/** One operation on a table, run where an error of Lua cannot get out. */
struct MpTableJob {
    MpTable *table;
    const MpKey *key; /**< NULL: it is about the whole table. */
    MpTableWork *work;
    const char *words; /**< What the entry should be, for messages. */
    void *value;       /**< What is read, or written. */
    size_t size;
    MpError *error;
    bool done;
};

/** Does the job; false: `error` is set. */
bool mp_table_run(MpTableJob *job);

/** For `work`: the entry at 2 is not what job->words say. Returns false. */
bool mp_table_refuse_entry(const MpTableJob *job, lua_State *L);

/** Writes the path of an entry of the table, MP_TABLE_PATH_SIZE bytes; of a long one, the end. */
void mp_table_write_path(const MpTable *table, const MpKey *key, char *text);

/** Pushes a key as Lua knows it. */
void mp_table_push_key(lua_State *L, MpKey key);

/** Sets "balance.waves[3].count: <text>". Returns false. */
bool mp_table_fail(const MpTableJob *job, MpStatus status, const char *text);

/** Takes hold of the table at `index`; `path` is cut to fit. NULL: no memory. */
MpTable *mp_table_hold(MpVm *vm, lua_State *L, int index, const char *path);

/** Pushes a table that C hands to this VM; nil for NULL. False: it is not this VM's. */
bool mp_table_push(const MpVm *vm, lua_State *L, const MpTable *table);

/** Keeps a copy of the bytes and a zero; NULL: no memory. */
const char *mp_keep_text(MpKeptText *text, const char *bytes, size_t size);

/** Closes the tables that C holds of a VM that ends. */
void mp_tables_close(MpVm *vm);

#endif
