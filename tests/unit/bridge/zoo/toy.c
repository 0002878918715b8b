#include "toy.gen.h"

#include <stdlib.h>

static int toys;
static Kite *kept;

static void *make(size_t size, const MpClass *class_of)
{
    MpObject *object = calloc(1, size);
    mp_object_init(object, class_of);
    toys++;
    return object;
}

static void end(MpObject *object)
{
    mp_object_finish(object);
    free(object);
    toys--;
}

Ball *MP_NATIVE(ball_new)(void) { return make(sizeof(Ball), &mp_class_Ball); }

Ball *MP_NATIVE(ball_of_size)(int size, MpError *error)
{
    if (size < 0) {
        mp_error_set(error, MP_REFUSED, "no ball is that small");
        return NULL;
    }
    Ball *ball = ball_new();
    ball->size = size;
    return ball;
}

void MP_NATIVE(ball_destroy)(Ball *self) { end(&self->object); }

int MP_NATIVE(ball_roll)(Ball *self)
{
    int rolled = ++self->rolled;
    ball_rolled_away(self, rolled, (Vec2){1, 2}); /* whoever hears it may destroy the ball */
    return rolled;
}

Balloon *MP_NATIVE(balloon_new)(void) { return make(sizeof(Balloon), &mp_class_Balloon); }

Kite *MP_NATIVE(kite_new)(const KiteOptions *options)
{
    Kite *kite = make(sizeof *kite, &mp_class_Kite);
    kite->length = options->length;
    return kite;
}

void MP_NATIVE(kite_destroy)(Kite *self) { end(&self->object); }

/* Whatever scripts say, in steps that C defines. */
int MP_NATIVE(kite_pull)(Kite *self, int by)
{
    return self->length = (int)((unsigned)self->length - (unsigned)by);
}

void MP_NATIVE(kite_keep)(Kite *kite)
{
    if (kite)
        mp_object_hold(&kite->object);
    if (kept)
        mp_object_release(&kept->object);
    kept = kite;
}

Kite *MP_NATIVE(kite_kept)(void) { return kept; }

int MP_NATIVE(kite_use)(int length)
{
    Kite *kite = kite_new(&(KiteOptions){.length = length});
    int left = kite_pull(kite, 1);
    mp_object_release(&kite->object);
    return left;
}

int MP_NATIVE(toys_count)(void) { return toys; }

void MP_NATIVE(toys_tidy)(const char *who) { toys_tidied(who); }
