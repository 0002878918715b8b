#include "crate.gen.h"

#include <string.h>

int64_t MP_NATIVE(crate_add)(const Crate *self, int64_t a, int64_t b)
{
    (void)self;
    return a + b;
}

int64_t MP_NATIVE(crate_leaf_add)(const Crate *self, int64_t a, int64_t b)
{
    (void)self;
    return a + b;
}

uint64_t MP_NATIVE(crate_invert)(const Crate *self, uint64_t bits)
{
    (void)self;
    return ~bits;
}

uint64_t MP_NATIVE(crate_leaf_invert)(const Crate *self, uint64_t bits)
{
    (void)self;
    return ~bits;
}

Label MP_NATIVE(crate_mark)(Crate *self, Label more)
{
    self->label |= more;
    return self->label;
}

Label MP_NATIVE(crate_leaf_mark)(Crate *self, Label more)
{
    self->label |= more;
    return self->label;
}

static int weigh(const char *data, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += data[i] ? data[i] : 1000;
    return sum;
}

int MP_NATIVE(crate_weigh)(const Crate *self, const void *data, size_t length)
{
    (void)self;
    return weigh(data, length);
}

int MP_NATIVE(crate_leaf_weigh)(const Crate *self, const char *data, int length)
{
    (void)self;
    return weigh(data, (size_t)length);
}

const char *MP_NATIVE(crate_print)(Crate *self, int count, size_t *length)
{
    if (count < 0 || count > 60)
        return NULL;
    memset(self->text, 'x', (size_t)count);
    memcpy(self->text + count, "\0y", 2);
    *length = (size_t)count + 2;
    return self->text;
}

static Box grow(Box box, Vec2 by)
{
    box.min.x -= by.x;
    box.min.y -= by.y;
    box.max.x += by.x;
    box.max.y += by.y;
    box.serial++;
    return box;
}

Box MP_NATIVE(crate_grow)(const Crate *self, Box box, Vec2 by)
{
    (void)self;
    return grow(box, by);
}

Box MP_NATIVE(crate_leaf_grow)(const Crate *self, Box box, Vec2 by)
{
    (void)self;
    return grow(box, by);
}

Knot MP_NATIVE(crate_untie)(const Crate *self, Knot knot)
{
    (void)self;
    return (Knot){knot.second, (int8_t)(knot.after + 1), knot.tail, !knot.last};
}

Knot MP_NATIVE(crate_leaf_untie)(const Crate *self, Knot knot)
{
    return mp_native_crate_untie(self, knot);
}

Matrix MP_NATIVE(crate_turn)(const Crate *self, Matrix m)
{
    (void)self;
    return (Matrix){m.a, m.d, m.g, m.b, m.e, m.h, m.c, m.f, m.i};
}

Matrix MP_NATIVE(crate_leaf_turn)(const Crate *self, Matrix m)
{
    return mp_native_crate_turn(self, m);
}

float MP_NATIVE(crate_total)(const Crate *self, const float *weights, int count)
{
    float sum = 0;
    (void)self;
    for (int i = 0; i < count; i++)
        sum += weights[i];
    return sum;
}

float MP_NATIVE(crate_leaf_total)(const Crate *self, const float *weights, int count)
{
    return mp_native_crate_total(self, weights, count);
}

Vec2 MP_NATIVE(crate_centre)(const Crate *self, const Vec2 *places, size_t count)
{
    Vec2 sum = {0, 0};
    (void)self;
    for (size_t i = 0; i < count; i++) {
        sum.x += places[i].x / (float)count;
        sum.y += places[i].y / (float)count;
    }
    return sum;
}

int MP_NATIVE(crate_dot)(const Crate *self, const int a[3], const int b[3])
{
    (void)self;
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

int MP_NATIVE(crate_health)(const Crate *self, Animal *const *animals, int count)
{
    int sum = 0;
    (void)self;
    for (int i = 0; i < count; i++)
        sum += animals[i] ? animals[i]->hp : 0;
    return sum;
}

int MP_NATIVE(crate_letters)(const Crate *self, const char *const *words, int count)
{
    size_t sum = 0;
    (void)self;
    for (int i = 0; i < count; i++)
        sum += strlen(words[i]);
    return (int)sum;
}

const int *MP_NATIVE(crate_numbers)(Crate *self, int last, int *count)
{
    static int numbers[100];
    (void)self;
    if (last > 100)
        return NULL;
    for (int i = 0; i < last; i++)
        numbers[i] = i + 1;
    *count = last;
    return numbers;
}

const int *MP_NATIVE(crate_pair)(const Crate *self, int *size, int *count)
{
    static const int pair[] = {7, 8};
    (void)self;
    *size = 2;
    *count = 5;
    return pair;
}

const char *MP_NATIVE(crate_leaf_read)(const Crate *self, const char *text)
{
    (void)self;
    return text;
}

int MP_NATIVE(crate_fill)(Crate *self, const Filling *f)
{
    int guest = f->guest ? f->guest->hp : 0;
    self->origin = f->at;
    self->serial = f->serial;
    return f->count * 1000 + (int)strlen(f->what) * 100 + (int)f->label * 10 + f->wet + guest +
           (int)(f->weights[0] + f->weights[1]) + (int)f->wrapping * 100000;
}

int MP_NATIVE(crate_leaf_fill)(Crate *self, const Filling *filling)
{
    return mp_native_crate_fill(self, filling);
}

Vec2 MP_NATIVE(crate_get_middle)(const Crate *self)
{
    const Box *box = &self->bounds;
    return (Vec2){(box->min.x + box->max.x) / 2, (box->min.y + box->max.y) / 2};
}

Vec2 MP_NATIVE(crate_get_leaf_middle)(const Crate *self)
{
    return mp_native_crate_get_middle(self);
}

int MP_NATIVE(crate_reserve)(Crate *self, int places, MpError *error)
{
    (void)self;
    if (places < 0)
        mp_error_set(error, MP_INVALID, "%d places cannot be reserved", places);
    else if (places > CRATE_SLOTS)
        mp_error_set(error, MP_LIMIT, "there is room for %d", CRATE_SLOTS);
    return places;
}

int MP_NATIVE(crate_divide)(const Crate *self, int number, int by, int *rest, MpError *error)
{
    (void)self;
    if (by == 0) {
        mp_error_set(error, MP_LIMIT, "division by zero");
        return 0;
    }
    *rest = number % by;
    return number / by;
}

int MP_NATIVE(crate_leaf_divide)(const Crate *self, int number, int by, int *rest)
{
    return mp_native_crate_divide(self, number, by, rest, NULL);
}

void MP_NATIVE(crate_extent)(const Crate *self, Vec2 *size, const char **unit, Mood *mood,
                             bool *square)
{
    const Box *box = &self->bounds;
    *size = (Vec2){box->max.x - box->min.x, box->max.y - box->min.y};
    *unit = "metres";
    *mood = box->mood;
    *square = size->x == size->y;
}

bool MP_NATIVE(crate_advance)(const Crate *self, int64_t *counter, int step)
{
    (void)self;
    *counter += step;
    return *counter > 0;
}

void MP_NATIVE(crate_leaf_swap)(const Crate *self, Vec2 *a, Vec2 *b)
{
    Vec2 old = *a;
    (void)self;
    *a = *b;
    *b = old;
}

void MP_NATIVE(crate_pick)(const Crate *self, Animal *from, Animal **animal)
{
    (void)self;
    *animal = from->hp > 50 ? from : NULL;
}

double MP_NATIVE(crate_defaults)(const Crate *self, int a, float b, bool c, Mood d, const char *e,
                                 const Animal *f)
{
    (void)self;
    return a + (double)b + (c ? 10 : 0) + (double)d * 100 + (double)strlen(e) * 1000 +
           (f ? f->hp * 10000 : 0);
}

double MP_NATIVE(crate_leaf_defaults)(const Crate *self, int a, float b, bool c, Mood d,
                                      const char *e, const Animal *f)
{
    return mp_native_crate_defaults(self, a, b, c, d, e, f);
}

int64_t MP_NATIVE(crate_big_default)(const Crate *self, int64_t a, uint64_t b)
{
    (void)self;
    return a ^ (int64_t)b;
}
