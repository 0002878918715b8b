#include "graphics/group.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

bool mp_clip_equals(const MpClip *a, const MpClip *b)
{
    return a->is_set == b->is_set && (!a->is_set || SDL_RectEquals(&a->area, &b->area));
}

static bool fits(const MpGroup *group, const MpGroup *wanted)
{
    return group->texture == wanted->texture && group->layer == wanted->layer &&
           group->blend == wanted->blend && mp_clip_equals(&group->clip, &wanted->clip);
}

static MpGroup **bucket_of(MpBatch *batch, const MpGroup *group)
{
    uintptr_t mix = (uintptr_t)group->texture >> 4;
    mix = mix * 31 + (uintptr_t)group->layer;
    mix = mix * 31 + (uintptr_t)group->blend;
    if (group->clip.is_set)
        mix = mix * 31 + (uintptr_t)(group->clip.area.x * 7 + group->clip.area.y);
    return &batch->buckets[(mix ^ mix >> 8) % MP_BATCH_BUCKETS];
}

static bool reserve(MpBatch *batch)
{
    if (batch->group_count < batch->group_capacity)
        return true;
    int capacity = batch->group_capacity ? batch->group_capacity * 2 : FIRST_CAPACITY;
    MpGroup **groups = realloc(batch->groups, (size_t)capacity * sizeof *groups);
    if (!groups)
        return false;
    memset(groups + batch->group_capacity, 0,
           (size_t)(capacity - batch->group_capacity) * sizeof *groups);
    batch->groups = groups;
    batch->group_capacity = capacity;
    return true;
}

static MpGroup *begin(MpBatch *batch, const MpGroup *wanted, MpGroup **bucket)
{
    if (!reserve(batch))
        return NULL;
    MpGroup **place = &batch->groups[batch->group_count];
    if (!*place && !(*place = calloc(1, sizeof **place)))
        return NULL;
    MpGroup *group = *place;
    SDL_Vertex *vertices = group->vertices;
    int capacity = group->capacity;
    *group = *wanted;
    group->vertices = vertices;
    group->capacity = capacity;
    group->order = batch->group_count++;
    group->next = *bucket;
    return *bucket = group;
}

MpGroup *mp_groups_get(MpBatch *batch, const MpGroup *wanted)
{
    MpGroup **bucket = bucket_of(batch, wanted);
    for (MpGroup *group = *bucket; group; group = group->next) {
        if (fits(group, wanted))
            return group;
    }
    return begin(batch, wanted, bucket);
}

static int compare(const void *left, const void *right)
{
    const MpGroup *a = *(MpGroup *const *)left, *b = *(MpGroup *const *)right;
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    return a->order - b->order;
}

void mp_groups_sort(MpBatch *batch)
{
    if (batch->group_count > 1)
        qsort(batch->groups, (size_t)batch->group_count, sizeof *batch->groups, compare);
}

void mp_groups_forget(MpBatch *batch)
{
    if (batch->group_count > 0)
        memset(batch->buckets, 0, sizeof batch->buckets);
    batch->group_count = 0;
}

void mp_groups_finish(MpBatch *batch)
{
    for (int i = 0; i < batch->group_capacity; i++) {
        if (batch->groups[i])
            free(batch->groups[i]->vertices);
        free(batch->groups[i]);
    }
    free(batch->groups);
}
