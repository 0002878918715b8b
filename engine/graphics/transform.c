#include "graphics/transform.h"

#include <math.h>

MpPoint mp_turn_direction(float angle)
{
    static const float tiny = 1e-4f;
    /* Through double: the last bit of cosf() is not the same everywhere, and pictures should be. */
    float cosine = (float)cos((double)angle), sine = (float)sin((double)angle);
    if (fabsf(cosine) < tiny) {
        cosine = 0;
        sine = copysignf(1, sine);
    } else if (fabsf(sine) < tiny) {
        cosine = copysignf(1, cosine);
        sine = 0;
    }
    return (MpPoint){cosine, sine};
}

MpTurn mp_turn_multiply(const MpTurn *first, const MpTurn *second)
{
    return (MpTurn){
        first->xx * second->xx + first->xy * second->yx,
        first->xx * second->xy + first->xy * second->yy,
        first->yx * second->xx + first->yy * second->yx,
        first->yx * second->xy + first->yy * second->yy,
    };
}

bool mp_turn_is_upright(const MpTurn *turn)
{
    return (turn->xy == 0 && turn->yx == 0) || (turn->xx == 0 && turn->yy == 0);
}

bool mp_turn_is_similar(const MpTurn *turn, float *scale)
{
    static const float tiny = 1e-4f;
    float across = turn->xx * turn->xx + turn->yx * turn->yx;
    float down = turn->xy * turn->xy + turn->yy * turn->yy;
    float skew = turn->xx * turn->xy + turn->yx * turn->yy;
    *scale = sqrtf(across);
    return fabsf(across - down) <= tiny * across && fabsf(skew) <= tiny * across;
}

void mp_transform_move(MpTransform *transform, float x, float y)
{
    MpPoint moved = mp_transform_point(transform, x, y);
    transform->x = moved.x;
    transform->y = moved.y;
}

static void add_turn(MpTransform *transform, MpTurn turn)
{
    transform->turn = mp_turn_multiply(&transform->turn, &turn);
    const MpTurn *sum = &transform->turn;
    transform->is_plain = sum->xx == 1 && sum->xy == 0 && sum->yx == 0 && sum->yy == 1;
}

void mp_transform_rotate(MpTransform *transform, float angle)
{
    add_turn(transform, mp_turn_by(angle));
}

void mp_transform_scale(MpTransform *transform, float x, float y)
{
    add_turn(transform, (MpTurn){x, 0, 0, y});
}
