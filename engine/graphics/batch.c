#include "graphics/batch.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 1024, CORNERS = 4, INDICES = 6 };

static void fill_indices(int *indices, int from, int to)
{
    static const int corners[INDICES] = {0, 1, 2, 0, 2, 3};
    for (int quad = from; quad < to; quad++) {
        for (int i = 0; i < INDICES; i++)
            indices[quad * INDICES + i] = quad * CORNERS + corners[i];
    }
}

static bool grow(MpBatch *batch, int capacity)
{
    size_t quads = (size_t)capacity;
    SDL_Vertex *vertices = realloc(batch->vertices, quads * CORNERS * sizeof *vertices);
    if (!vertices)
        return false;
    batch->vertices = vertices;
    int *indices = realloc(batch->indices, quads * INDICES * sizeof *indices);
    if (!indices)
        return false;
    batch->indices = indices;
    fill_indices(indices, batch->capacity, capacity);
    batch->capacity = capacity;
    return true;
}

bool mp_batch_init(MpBatch *batch, SDL_Renderer *renderer, MpError *error)
{
    *batch = (MpBatch){.renderer = renderer, .blend = SDL_BLENDMODE_BLEND};
    if (grow(batch, FIRST_CAPACITY))
        return true;
    mp_error_set(error, MP_MEMORY, "no memory for the sprite batch");
    mp_batch_finish(batch);
    return false;
}

void mp_batch_finish(MpBatch *batch)
{
    free(batch->vertices);
    free(batch->indices);
    *batch = (MpBatch){0};
}

void mp_batch_begin(MpBatch *batch)
{
    batch->count = 0;
    batch->draw_calls = 0;
    batch->quads = 0;
}

SDL_Vertex *mp_batch_add(MpBatch *batch, SDL_Texture *texture, SDL_BlendMode blend)
{
    if (texture != batch->texture || blend != batch->blend)
        mp_batch_flush(batch);
    batch->texture = texture;
    batch->blend = blend;
    /* Without memory for more, the batch only flushes more often. */
    if (batch->count == batch->capacity &&
        (batch->capacity == MP_BATCH_LIMIT || !grow(batch, batch->capacity * 2)))
        mp_batch_flush(batch);
    return &batch->vertices[batch->count++ * CORNERS];
}

void mp_batch_flush(MpBatch *batch)
{
    if (batch->count == 0)
        return;
    if (batch->texture)
        SDL_SetTextureBlendMode(batch->texture, batch->blend);
    else
        SDL_SetRenderDrawBlendMode(batch->renderer, batch->blend);
    SDL_RenderGeometry(batch->renderer, batch->texture, batch->vertices, batch->count * CORNERS,
                       batch->indices, batch->count * INDICES);
    batch->quads += batch->count;
    batch->draw_calls++;
    batch->count = 0;
}
