#include "patches/index.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct MpIndex {
    uint32_t *slots; /* place + 1; 0: free */
    size_t room;     /* a power of two, at least twice `count` */
    size_t count;    /* so many entries of the list are in it */
};

enum { SMALLEST = 64 };

MpIndex *mp_index_create(void) { return calloc(1, sizeof(MpIndex)); }

void mp_index_destroy(MpIndex *index)
{
    if (index)
        free(index->slots);
    free(index);
}

void mp_index_clear(MpIndex *index)
{
    if (!index || index->count == 0)
        return;
    memset(index->slots, 0, index->room * sizeof *index->slots);
    index->count = 0;
}

static const char *text_at(const MpIndexed *list, size_t place)
{
    return list->text + place * list->stride;
}

static size_t scan(const MpIndexed *list, const char *text)
{
    size_t place = 0;
    while (place < list->count && strcmp(text_at(list, place), text) != 0)
        place++;
    return place;
}

/* FNV-1a. */
static uint32_t hash_of(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash;
}

/* The slot with that text, or the free one where it would be. */
static uint32_t *slot_of(const MpIndex *index, const MpIndexed *list, const char *text)
{
    size_t slot = hash_of(text) & (index->room - 1);
    while (index->slots[slot] && strcmp(text_at(list, index->slots[slot] - 1), text) != 0)
        slot = (slot + 1) & (index->room - 1);
    return &index->slots[slot];
}

static bool make_room(MpIndex *index, size_t count)
{
    if (2 * count <= index->room)
        return true;
    size_t room = index->room ? index->room : SMALLEST;
    while (room < 2 * count)
        room *= 2;
    uint32_t *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    free(index->slots);
    *index = (MpIndex){.slots = slots, .room = room};
    return true;
}

static bool catch_up(MpIndex *index, const MpIndexed *list)
{
    if (!make_room(index, list->count))
        return false;
    for (; index->count < list->count; index->count++) {
        uint32_t *slot = slot_of(index, list, text_at(list, index->count));
        if (!*slot)
            *slot = (uint32_t)index->count + 1;
    }
    return true;
}

size_t mp_index_find(MpIndex *index, MpIndexed list, const char *text)
{
    if (list.count == 0)
        return 0;
    if (!index || !catch_up(index, &list))
        return scan(&list, text);
    uint32_t place = *slot_of(index, &list, text);
    return place ? place - 1 : list.count;
}
