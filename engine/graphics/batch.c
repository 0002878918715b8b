#include "graphics/batch.h"

#include "graphics/group.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 1024, FIRST_LAYER_CAPACITY = 64, CORNERS = 4, INDICES = 6 };

static void fill_indices(int *indices, int from, int to)
{
    static const int corners[INDICES] = {0, 1, 2, 0, 2, 3};
    for (int quad = from; quad < to; quad++) {
        for (int i = 0; i < INDICES; i++)
            indices[quad * INDICES + i] = quad * CORNERS + corners[i];
    }
}

static bool grow_indices(MpBatch *batch, int capacity)
{
    if (capacity <= batch->index_capacity)
        return true;
    int *indices = realloc(batch->indices, (size_t)capacity * INDICES * sizeof *indices);
    if (!indices)
        return false;
    batch->indices = indices;
    fill_indices(indices, batch->index_capacity, capacity);
    batch->index_capacity = capacity;
    return true;
}

static bool grow(MpBatch *batch, MpGroup *group, int capacity)
{
    SDL_Vertex *vertices = realloc(group->vertices, (size_t)capacity * CORNERS * sizeof *vertices);
    if (!vertices)
        return false;
    group->vertices = vertices;
    if (!grow_indices(batch, capacity))
        return false;
    group->capacity = capacity;
    return true;
}

bool mp_batch_init(MpBatch *batch, SDL_Renderer *renderer, MpError *error)
{
    *batch = (MpBatch){
        .renderer = renderer,
        .painter.blend = SDL_BLENDMODE_BLEND,
        .none.blend = SDL_BLENDMODE_INVALID,
    };
    batch->current = &batch->painter;
    if (grow(batch, &batch->painter, FIRST_CAPACITY))
        return true;
    mp_error_set(error, MP_MEMORY, "no memory for the sprite batch");
    mp_batch_finish(batch);
    return false;
}

void mp_batch_finish(MpBatch *batch)
{
    mp_groups_finish(batch);
    free(batch->painter.vertices);
    free(batch->indices);
    *batch = (MpBatch){0};
}

void mp_batch_begin(MpBatch *batch)
{
    mp_groups_forget(batch);
    batch->painter.count = 0;
    batch->painter.clip = batch->clip = batch->applied = (MpClip){0};
    batch->is_layered = false;
    batch->current = &batch->painter;
    batch->draw_calls = 0;
    batch->quads = 0;
}

static void apply_clip(MpBatch *batch, const MpClip *clip)
{
    if (mp_clip_equals(&batch->applied, clip))
        return;
    SDL_RenderSetClipRect(batch->renderer, clip->is_set ? &clip->area : NULL);
    batch->applied = *clip;
}

static void draw(MpBatch *batch, MpGroup *group)
{
    if (group->count == 0)
        return;
    apply_clip(batch, &group->clip);
    if (group->texture)
        SDL_SetTextureBlendMode(group->texture, group->blend);
    else
        SDL_SetRenderDrawBlendMode(batch->renderer, group->blend);
    SDL_RenderGeometry(batch->renderer, group->texture, group->vertices, group->count * CORNERS,
                       batch->indices, group->count * INDICES);
    batch->quads += group->count;
    batch->draw_calls++;
    group->count = 0;
}

static MpGroup *switch_group(MpBatch *batch, SDL_Texture *texture, SDL_BlendMode blend)
{
    const MpGroup wanted = {
        .texture = texture, .blend = blend, .clip = batch->clip, .layer = batch->layer};
    MpGroup *group = batch->is_layered ? mp_groups_get(batch, &wanted) : NULL;
    if (!group || (group->capacity == 0 && !grow(batch, group, FIRST_LAYER_CAPACITY))) {
        /* Without memory for another group, layers are drawn too early rather than not. */
        mp_batch_flush(batch);
        group = &batch->painter;
        group->texture = texture;
        group->blend = blend;
    }
    return batch->current = group;
}

/* Without memory for more, groups are only drawn more often. */
static void make_room(MpBatch *batch, MpGroup *group)
{
    int limit = group == &batch->painter ? MP_BATCH_LIMIT : MP_BATCH_LAYER_LIMIT;
    if (group->capacity == limit || !grow(batch, group, group->capacity * 2))
        draw(batch, group);
}

SDL_Vertex *mp_batch_add(MpBatch *batch, SDL_Texture *texture, SDL_BlendMode blend)
{
    MpGroup *group = batch->current;
    if (texture != group->texture || blend != group->blend)
        group = switch_group(batch, texture, blend);
    if (group->count == group->capacity)
        make_room(batch, group);
    return &group->vertices[group->count++ * CORNERS];
}

void mp_batch_flush(MpBatch *batch)
{
    draw(batch, &batch->painter);
    mp_groups_sort(batch);
    for (int i = 0; i < batch->group_count; i++)
        draw(batch, batch->groups[i]);
    mp_groups_forget(batch);
    if (batch->is_layered)
        batch->current = &batch->none;
}

void mp_batch_set_clip(MpBatch *batch, const MpClip *clip)
{
    draw(batch, &batch->painter);
    batch->clip = batch->painter.clip = *clip;
    if (batch->is_layered)
        batch->current = &batch->none;
}

void mp_batch_set_layer(MpBatch *batch, int layer)
{
    draw(batch, &batch->painter);
    batch->is_layered = true;
    batch->layer = layer;
    batch->current = &batch->none;
}

void mp_batch_clear_layer(MpBatch *batch)
{
    mp_batch_flush(batch);
    batch->is_layered = false;
    batch->current = &batch->painter;
}

void mp_batch_leave_target(MpBatch *batch)
{
    mp_batch_flush(batch);
    batch->clip = batch->painter.clip = batch->applied = (MpClip){0};
}
