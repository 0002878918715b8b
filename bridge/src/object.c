#include "object_table.h"

#include "platform.h"

#include <assert.h>
#include <stdatomic.h>

MpObjectEntry *mp_object_table;
_Atomic(uint32_t) mp_object_deaths;

static struct {
    atomic_flag lock;
    uint32_t free;  /* first recycled place; 0: none */
    uint32_t used;  /* places ever handed out, the unused place 0 included */
    uint32_t alive; /* places with a tenant */
} places = {.lock = ATOMIC_FLAG_INIT, .used = 1};

/* Held for a few instructions only, so spinning is cheaper than sleeping. */
static void lock_places(void)
{
    while (atomic_flag_test_and_set_explicit(&places.lock, memory_order_acquire)) {
    }
}

static void unlock_places(void) { atomic_flag_clear_explicit(&places.lock, memory_order_release); }

static bool reserve_table(void)
{
    if (!mp_object_table)
        mp_object_table = mp_platform_reserve(MP_OBJECT_LIMIT * sizeof(MpObjectEntry));
    return mp_object_table;
}

bool mp_object_table_open(void)
{
    lock_places();
    bool open = reserve_table();
    unlock_places();
    return open;
}

static uint32_t take_place(void)
{
    uint32_t index = places.free;
    if (index)
        places.free = mp_object_table[index].next_free;
    else if (places.used < MP_OBJECT_LIMIT)
        index = places.used++;
    return index;
}

bool mp_object_init(MpObject *object, const MpClass *class_of)
{
    assert(object->index == 0 && "the object is registered already");
    object->class_of = class_of;
    lock_places();
    uint32_t index = reserve_table() ? take_place() : 0;
    if (index) {
        MpObjectEntry *entry = &mp_object_table[index];
        entry->object = object;
        entry->holds = 1;
        object->index = index;
        object->generation = entry->generation;
        places.alive++;
    }
    unlock_places();
    return index != 0;
}

void mp_object_finish(MpObject *object)
{
    if (!object || !object->index)
        return;
    lock_places();
    MpObjectEntry *entry = &mp_object_table[object->index];
    assert(entry->object == object && "the object was moved or copied while registered");
    entry->object = NULL;
    entry->generation++;
    places.alive--;
    atomic_fetch_add_explicit(&mp_object_deaths, 1, memory_order_relaxed);
    /* A place whose generations are used up is retired: an old handle must never match again. */
    if (entry->generation != UINT32_MAX) {
        entry->next_free = places.free;
        places.free = object->index;
    }
    unlock_places();
    object->index = 0;
}

/* ---- holding ------------------------------------------------------------------------------ */

static bool is_shared(const MpObject *object)
{
    return object && object->index && mp_is_shared(object->class_of);
}

void mp_object_hold(MpObject *object)
{
    if (!is_shared(object))
        return;
    lock_places();
    mp_object_table[object->index].holds++;
    unlock_places();
}

static void destroy(MpObject *object)
{
    const MpClass *class_of = object->class_of;
    while (class_of && !class_of->destroy)
        class_of = class_of->base;
    if (class_of)
        class_of->destroy(object);
}

void mp_object_release(MpObject *object)
{
    if (!is_shared(object))
        return;
    lock_places();
    bool last = --mp_object_table[object->index].holds == 0;
    unlock_places();
    if (last)
        destroy(object);
}

/* ---- asking ------------------------------------------------------------------------------- */

void mp_object_table_visit(void (*visit)(void *user, const MpObject *object), void *user)
{
    lock_places();
    for (uint32_t i = 1; mp_object_table && i < places.used; i++) {
        if (mp_object_table[i].object)
            visit(user, mp_object_table[i].object);
    }
    unlock_places();
}

bool mp_object_is(const MpObject *object, const MpClass *class_of)
{
    return object && mp_is_derived(object->class_of, class_of);
}

size_t mp_object_count(void)
{
    lock_places();
    size_t alive = places.alive;
    unlock_places();
    return alive;
}

const char *mp_object_class_name(const MpObject *object) { return object->class_of->name; }
