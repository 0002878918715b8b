/*
 * graphics/batch.h - collects rectangles and gives them to the renderer in few calls.
 *
 * Without a layer, rectangles that follow one another with the same texture and blend mode become
 * one draw call. In a layer all with the same texture, blend mode and clip do, whatever came
 * between them; the layers wait for each other and are drawn in the order of their numbers.
 *
 * The corners of a quad are given clockwise from the upper left: 0 1 2 3; it is drawn as the
 * triangles 0 1 2 and 0 2 3, so two triangles of a fan fit in as well.
 *
 * Glossary
 *   group   quads that go into one draw call
 */
#ifndef MP_BATCH_H
#define MP_BATCH_H

#include "moonpatch/error.h"

#include <SDL_render.h>
#include <stdbool.h>

/** Most quads of one draw call: without a layer, and in one. */
enum { MP_BATCH_LIMIT = 16384, MP_BATCH_LAYER_LIMIT = 1 << 20, MP_BATCH_BUCKETS = 256 };

/** Where drawing is confined to. */
typedef struct MpClip {
    SDL_Rect area;
    bool is_set; /* or everywhere */
} MpClip;

typedef struct MpGroup {
    SDL_Texture *texture; /* NULL: bare colour */
    SDL_BlendMode blend;
    MpClip clip;
    int layer;
    int order; /* in which the layers' groups were begun */
    SDL_Vertex *vertices;
    int count;            /* quads that wait */
    int capacity;         /* quads */
    struct MpGroup *next; /* in its bucket */
} MpGroup;

typedef struct MpBatch {
    SDL_Renderer *renderer;
    MpGroup *current; /* where quads go: never NULL */
    MpGroup painter;  /* what is in no layer */
    MpGroup none;     /* current in a layer before something was drawn: fits nothing */
    bool is_layered;
    int layer;
    MpClip clip;
    MpClip applied;   /* the renderer's */
    MpGroup **groups; /* of the layers; those from group_count on only keep their memory */
    int group_count;
    int group_capacity;
    MpGroup *buckets[MP_BATCH_BUCKETS]; /* the layers' groups, by what they have in common */
    int *indices;                       /* the same for all */
    int index_capacity;                 /* quads */
    int draw_calls;
    int quads; /* drawn since mp_batch_begin */
} MpBatch;

/** Errors: MP_MEMORY. */
bool mp_batch_init(MpBatch *batch, SDL_Renderer *renderer, MpError *error);

/** Takes zeroes. */
void mp_batch_finish(MpBatch *batch);

/** Forgets what waits, the layers and the clip, and starts to count anew. */
void mp_batch_begin(MpBatch *batch);

/** Room for the four corners of one more quad, to be filled before the next call. */
SDL_Vertex *mp_batch_add(MpBatch *batch, SDL_Texture *texture, SDL_BlendMode blend);

/** Draws what waits, layer by layer: before a texture changes, and at the end of a frame. */
void mp_batch_flush(MpBatch *batch);

/** Confines what is added from here on. */
void mp_batch_set_clip(MpBatch *batch, const MpClip *clip);

/** Adds to a layer from here on. */
void mp_batch_set_layer(MpBatch *batch, int layer);

/** Draws the layers, and adds to none from here on. */
void mp_batch_clear_layer(MpBatch *batch);

/** Another target is about to be drawn to: draws what waits; its clip ends with it. */
void mp_batch_leave_target(MpBatch *batch);

#endif
