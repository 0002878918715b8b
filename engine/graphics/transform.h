/*
 * graphics/transform.h - where what is drawn lands: turned, stretched and moved.
 *
 *     MpTransform camera = MP_TRANSFORM_IDENTITY;
 *     mp_transform_move(&camera, 320, 180);
 *     mp_transform_scale(&camera, 2, 2);
 *     MpPoint place = mp_transform_point(&camera, 10, 0);     340, 180
 *
 * What is added last happens first: a point is enlarged here, and then moved. Numbers that are not
 * finite make a transform that leads nowhere, and nothing is drawn through it.
 */
#ifndef MP_TRANSFORM_H
#define MP_TRANSFORM_H

#include <stdbool.h>

/** A point or a direction, pixels. */
typedef struct MpPoint {
    float x, y;
} MpPoint;

/** Turns and stretches: x goes to xx * x + xy * y, and y to yx * x + yy * y. */
typedef struct MpTurn {
    float xx, xy, yx, yy;
} MpTurn;

typedef struct MpTransform {
    MpTurn turn;
    float x, y;    /* added after it */
    bool is_plain; /* it only moves: what nearly everything is drawn through */
} MpTransform;

#define MP_TRANSFORM_IDENTITY ((MpTransform){{1, 0, 0, 1}, 0, 0, true})

/** Cosine and sine of an angle. Quarter turns are exact, so that they keep pixels square. */
MpPoint mp_turn_direction(float angle);

/** By `angle` radians, clockwise; no call for what is not turned, which is most. */
static inline MpTurn mp_turn_by(float angle)
{
    MpPoint ahead = angle == 0 ? (MpPoint){1, 0} : mp_turn_direction(angle);
    return (MpTurn){ahead.x, -ahead.y, ahead.y, ahead.x};
}

/** First `second`, then `first`. */
MpTurn mp_turn_multiply(const MpTurn *first, const MpTurn *second);

/** Whether it turns by quarters only, or not at all: upright rectangles stay upright. */
bool mp_turn_is_upright(const MpTurn *turn);

/** Whether circles stay circles, and then by what `*scale` they grow. */
bool mp_turn_is_similar(const MpTurn *turn, float *scale);

/** Where a direction points. */
static inline MpPoint mp_turn_point(const MpTurn *turn, float x, float y)
{
    return (MpPoint){x * turn->xx + y * turn->xy, x * turn->yx + y * turn->yy};
}

/** Where a point lands. */
static inline MpPoint mp_transform_point(const MpTransform *transform, float x, float y)
{
    if (transform->is_plain)
        return (MpPoint){x + transform->x, y + transform->y};
    MpPoint turned = mp_turn_point(&transform->turn, x, y);
    return (MpPoint){turned.x + transform->x, turned.y + transform->y};
}

/** Adds a move, a turn by radians, a stretch. */
void mp_transform_move(MpTransform *transform, float x, float y);
void mp_transform_rotate(MpTransform *transform, float angle);
void mp_transform_scale(MpTransform *transform, float x, float y);

#endif
