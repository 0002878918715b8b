/*
 * graphics/group.h - the groups of a batch's layers: found by what their quads have in common.
 */
#ifndef MP_GROUP_H
#define MP_GROUP_H

#include "graphics/batch.h"

bool mp_clip_equals(const MpClip *a, const MpClip *b);

/**
 * The group with the layer, texture, blend mode and clip of `wanted`; begun if there is none.
 * NULL: no memory.
 */
MpGroup *mp_groups_get(MpBatch *batch, const MpGroup *wanted);

/** Brings them into the order in which they are drawn: by layer, then as they were begun. */
void mp_groups_sort(MpBatch *batch);

/** Ends all groups; their memory is kept for the next ones. */
void mp_groups_forget(MpBatch *batch);

/** Frees them. */
void mp_groups_finish(MpBatch *batch);

#endif
