/*
 * table_readers.h - the typed readers of tables under one signature, for tests that try them all.
 */
#ifndef TABLE_READERS_H
#define TABLE_READERS_H

#include "lion.gen.h"
#include "moonpatch/table.h"

typedef bool Get(MpTable *table, MpKey key, MpError *why);

#define DEFINE_GET(name, type)                                      \
    static bool get_##name(MpTable *table, MpKey key, MpError *why) \
    {                                                               \
        type value;                                                 \
        return mp_table_get_##name(table, key, &value, why);        \
    }
DEFINE_GET(bool, bool)
DEFINE_GET(int, int)
DEFINE_GET(integer, long long)
DEFINE_GET(number, double)
DEFINE_GET(string, const char *)

static bool get_table(MpTable *table, MpKey key, MpError *why)
{
    return mp_table_get_table(table, key, why) != NULL;
}

static bool get_lion(MpTable *table, MpKey key, MpError *why)
{
    MpObject *object;
    return mp_table_get_object(table, key, &mp_class_Lion, &object, why);
}

#undef DEFINE_GET
#endif
