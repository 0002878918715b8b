#include "record.h"

#include "module.h"
#include "platform.h"
#include "thread.h"

enum { PLACE_BITS = 20 };
_Static_assert(MP_RECORD_LIMIT == 1 << PLACE_BITS, "places fill their bits");

#define GENERATION_LIMIT (UINTPTR_MAX >> PLACE_BITS)

typedef enum Refusal {
    REFUSED_THREAD = 1,
    REFUSED_LENT = 2,
    REFUSED_KEPT = 4,
    REFUSED_LATE = 8, /* nothing is known of what it was */
} Refusal;

static struct {
    atomic_flag lock;
    _Atomic(MpRecord *) records;
    uint32_t free;          /* first recycled place; 0: none */
    _Atomic(uint32_t) used; /* places ever handed out, the unused place 0 included */

    /* What is to be reported; type NULL: nothing. */
    const MpMethod *type, *given_to;
    Refusal refusal;
} table = {.lock = ATOMIC_FLAG_INIT, .used = 1};

static void lock_table(void)
{
    while (atomic_flag_test_and_set_explicit(&table.lock, memory_order_acquire)) {
    }
}

static void unlock_table(void) { atomic_flag_clear_explicit(&table.lock, memory_order_release); }

/* ---- places ------------------------------------------------------------------------------- */

static MpRecord *take_place(uint32_t *place)
{
    if (!table.records)
        table.records = mp_platform_reserve(MP_RECORD_LIMIT * sizeof(MpRecord));
    if (!table.records || (!table.free && table.used == MP_RECORD_LIMIT))
        return NULL;
    *place = table.free ? table.free : table.used++;
    MpRecord *record = &table.records[*place];
    table.free = record->next_free;
    return record;
}

uint32_t mp_record_claim(const MpRecord *content)
{
    uint32_t place = 0;
    lock_table();
    MpRecord *record = take_place(&place);
    if (record) {
        record->vm = content->vm;
        record->given_to = content->given_to;
        record->keeper = content->keeper;
        record->owner = content->owner;
        record->has_entry = content->has_entry;
        record->next_free = 0;
        record->thread = mp_thread_self();
    }
    unlock_table();
    return place;
}

void mp_record_free(uint32_t place)
{
    lock_table();
    MpRecord *record = &table.records[place];
    record->thread = NULL;
    /* A place whose generations are used up is retired. */
    if (++record->generation != GENERATION_LIMIT) {
        record->next_free = table.free;
        table.free = place;
    }
    unlock_table();
}

uint32_t mp_record_used(void) { return table.used; }

MpRecord *mp_record_at(uint32_t place)
{
    MpRecord *record = &table.records[place];
    return record->thread == mp_thread_self() ? record : NULL;
}

/* ---- what C holds ------------------------------------------------------------------------- */

void *mp_record_user(uint32_t place)
{
    if (!place)
        return NULL;
    /* Never a small number, which other parts of a program might pass. */
    return (void *)((table.records[place].generation + 1) << PLACE_BITS | place);
}

static uint32_t place_of(const void *user)
{
    uint32_t place = (uint32_t)((uintptr_t)user & (MP_RECORD_LIMIT - 1));
    return place < table.used ? place : 0;
}

uint32_t mp_record_place(const void *user)
{
    uint32_t place = place_of(user);
    return place && mp_record_at(place) && mp_record_user(place) == user ? place : 0;
}

/* ---- calls in vain ------------------------------------------------------------------------ */

/* Why the callback could not be called. A free record still tells of its last tenant. */
static Refusal find_refusal(const void *user, const MpMethod **given_to)
{
    uint32_t place = place_of(user);
    uintptr_t generation = ((uintptr_t)user >> PLACE_BITS) - 1;
    const MpRecord *record = place ? &table.records[place] : NULL;
    bool alive = record && record->thread && record->generation == generation;
    bool last = record && !record->thread && record->generation == generation + 1;
    if (!alive && !last)
        return REFUSED_LATE;
    *given_to = record->given_to;
    if (alive && record->thread != mp_thread_self())
        return REFUSED_THREAD;
    return record->keeper ? REFUSED_KEPT : REFUSED_LENT;
}

void mp_record_refuse(const MpMethod *type, const void *user)
{
    const MpMethod *given_to = NULL;
    lock_table();
    Refusal refusal = find_refusal(user, &given_to);
    if (!table.type && !(type->slot->redirect & refusal)) {
        type->slot->redirect |= refusal;
        table.type = type;
        table.given_to = given_to;
        table.refusal = refusal;
    }
    unlock_table();
}

static const char *words_of(Refusal refusal)
{
    switch (refusal) {
    case REFUSED_THREAD:
        return "was called from another thread than the scripts'";
    case REFUSED_LENT:
        return "was lent for one call and called after it: declare the parameter MP_KEEP if C "
               "keeps it";
    case REFUSED_KEPT:
        return "was called after it was replaced, or its owner, its patch or its Lua machine was "
               "gone";
    default:
        return "was called after its time was over";
    }
}

void mp_record_report(const MpVm *vm)
{
    lock_table();
    const MpMethod *type = table.type, *given_to = table.given_to;
    Refusal refusal = table.refusal;
    table.type = NULL;
    unlock_table();
    if (!type)
        return;
    mp_vm_log(vm, MP_SEVERITY_WARNING, "%s%s%s%s%s.%s %s; such calls return nothing",
              given_to ? given_to->owner : "", given_to ? "." : "", given_to ? given_to->name : "",
              given_to ? ": " : "", type->owner, type->name, words_of(refusal));
}

void mp_record_forget(const MpModule *module)
{
    lock_table();
    for (uint32_t place = 1; place < table.used; place++) {
        MpRecord *record = &table.records[place];
        if (!record->thread && mp_module_has(module, record->given_to))
            record->given_to = NULL;
    }
    if (mp_module_has(module, table.type) || mp_module_has(module, table.given_to))
        table.type = NULL;
    unlock_table();
}
