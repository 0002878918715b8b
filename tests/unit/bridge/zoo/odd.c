#include "odd.gen.h"

#include <stdlib.h>
#include <string.h>

Odd *MP_NATIVE(odd_new)(void)
{
    static const int fixed = 7;
    Odd *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    memcpy((char *)self + offsetof(Odd, fixed), &fixed, sizeof fixed);
    self->hidden = 3;
    self->flag = 1;
    self->next = self;
    mp_object_init(&self->object, &mp_class_Odd);
    return self;
}

void MP_NATIVE(odd_destroy)(Odd *self)
{
    mp_object_finish(&self->object);
    free(self);
}

int MP_NATIVE(odd_get_hidden)(const Odd *self) { return self->hidden; }
int MP_NATIVE(odd_get_flag)(const Odd *self) { return (int)self->flag; }

/* One digit each, in their order. */
int MP_NATIVE(odd_names)(Odd *self, int a, int b, int c, int d, int e, int f, int g, int h, int i,
                         int j)
{
    (void)self;
    return a +
           2 * (b + 2 * (c + 2 * (d + 2 * (e + 2 * (f + 2 * (g + 2 * (h + 2 * (i + 2 * j))))))));
}

int MP_NATIVE(odd_leaf_names)(const Odd *self, int a, int b, int c, int d)
{
    return self->fixed + 10 * (a + 10 * (b + 10 * (c + 10 * d)));
}

int MP_NATIVE(odd_derived)(Odd *self, const char *data, size_t n, int data_length, const int *list,
                           int m, int list_count, int *more, int more_box, int *rest, int rest_new)
{
    (void)self;
    *more += more_box;
    *rest = rest_new;
    return data[0] + (int)n + data_length + list[m - 1] + list_count;
}

int MP_NATIVE(odd_parts)(const Odd *self, OddSpot to, int to_x, int to_1, int self_object)
{
    (void)self;
    return to.x + 10 * (to.y + 10 * (to_x + 10 * (to_1 + 10 * self_object)));
}

OddTitle MP_NATIVE(odd_title)(Odd const *const self, OddTitle const title, OddSort sort)
{
    return sort == self->kind ? title : "other";
}

unsigned long long MP_NATIVE(odd_wide)(Odd *restrict self, signed char tiny, unsigned short small,
                                       _Bool flag)
{
    (void)self;
    return (flag ? UINT64_MAX : 0) - small - (unsigned char)tiny;
}

int MP_NATIVE(odd_cells)(Odd *self, const OddRow row)
{
    (void)self;
    return (int)(row[0] + 10 * row[1] + 100 * row[2]);
}

OddPlace MP_NATIVE(odd_swap)(Odd *self, OddFixed at)
{
    (void)self;
    return (OddPlace){at.y, at.x};
}

OddPlace MP_NATIVE(odd_leaf_swap)(const Odd *self, OddFixed at)
{
    (void)self;
    return (OddPlace){at.y, at.x};
}

int64_t MP_NATIVE(odd_twice)(Odd *self, OddWide number)
{
    (void)self;
    return 2 * number;
}

int MP_NATIVE(odd_going)(Odd *self) { return self->fixed; }

int MP_NATIVE(odd_defaults)(Odd *self, int a, float b, const char *c)
{
    (void)self;
    return a + (int)(b * 2) + 100 * (int)strlen(c);
}

int MP_NATIVE(odd_thirty)(Odd *self, int a, int b, int c, int d, int e, int f, int g, int h, int i,
                          int j, int k, int l, int m, int n, int o, int p, int q, int r, int s,
                          int t, int u, int v, int w, int x, int y, int z, int a1, int b1, int c1)
{
    (void)self;
    return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v +
           w + x + y + z + a1 + b1 + 1000 * c1;
}

double MP_NATIVE(odd_leaf_thirty)(const Odd *self, double a, double b, double c, double d, double e,
                                  double f, double g, double h, double i, double j, double k,
                                  double l, double m, double n, double o, double p, double q,
                                  double r, double s, double t, double u, double v, double w,
                                  double x, double y, double z, double a1, double b1, double c1)
{
    (void)self;
    return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v +
           w + x + y + z + a1 + b1 + 1000 * c1;
}

int MP_NATIVE(odd_is)(const Odd *self) { return self->fixed; }
int MP_NATIVE(odd_is_valid)(const Odd *self) { return self->fixed; }
int MP_NATIVE(odd___index)(const Odd *self) { return self->fixed; }
int MP_NATIVE(odd_until)(const Odd *self) { return self->fixed; }
