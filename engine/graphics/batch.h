/*
 * graphics/batch.h - collects rectangles and gives them to the renderer in few calls.
 *
 * Rectangles that follow one another with the same texture and blend mode become one draw call.
 * The corners of a quad are given clockwise from the upper left: 0 1 2 3; it is drawn as the
 * triangles 0 1 2 and 0 2 3, so two triangles of a fan fit in as well.
 */
#ifndef MP_BATCH_H
#define MP_BATCH_H

#include "moonpatch/error.h"

#include <SDL_render.h>
#include <stdbool.h>

/** Most quads of one draw call. */
enum { MP_BATCH_LIMIT = 16384 };

typedef struct MpBatch {
    SDL_Renderer *renderer;
    SDL_Texture *texture; /* of the quads that wait; NULL: bare colour */
    SDL_BlendMode blend;
    SDL_Vertex *vertices;
    int *indices;
    int count;    /* quads that wait */
    int capacity; /* quads */
    int draw_calls;
    int quads; /* drawn since mp_batch_begin */
} MpBatch;

/** Errors: MP_MEMORY. */
bool mp_batch_init(MpBatch *batch, SDL_Renderer *renderer, MpError *error);

/** Takes zeroes. */
void mp_batch_finish(MpBatch *batch);

/** Forgets what waits and starts to count anew. */
void mp_batch_begin(MpBatch *batch);

/** Room for the four corners of one more quad, to be filled before the next call. */
SDL_Vertex *mp_batch_add(MpBatch *batch, SDL_Texture *texture, SDL_BlendMode blend);

/** Draws what waits: before the clip or a texture changes, and at the end of a frame. */
void mp_batch_flush(MpBatch *batch);

#endif
