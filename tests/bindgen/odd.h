/* Legal C that cannot be bound, or not so; and what is no C. See odd.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"
#include "odd_before.h"

/* What lies where Lua would not look for it. */
typedef struct __attribute__((packed)) MP_CLASS Tight {
    MpObject object;
} Tight;
#pragma pack(push, 1)
typedef struct MP_VALUE Squeezed {
    unsigned char tag;
    int number;
} Squeezed;
#pragma pack(pop)
typedef struct MP_VALUE __attribute__((aligned(16))) Wide {
    float x;
} Wide;
typedef enum MP_ENUM __attribute__((packed)) Small { SMALL_ONE } Small;
typedef struct MP_VALUE Inside {
    struct {
        float x, y;
    };
    float z;
} Inside;
typedef struct MP_OPTIONS Choices {
    union {
        int number;
        float fraction;
    };
} Choices;
typedef struct MP_VALUE Later Later;
typedef struct MP_VALUE Twins {
    int x;
    float x__;
} Twins;
#define TEN(n) float n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7, n##8, n##9;
typedef struct MP_VALUE Large {
    TEN(a) TEN(b) TEN(c) TEN(d) TEN(e) TEN(f) TEN(g) TEN(h) TEN(i) TEN(j) TEN(k)
} Large;

typedef struct MP_CLASS Odd {
    MpObject object;
    union {
        MP_PROPERTY int either;
    };
    MP_PROPERTY int a$b;
    MP_PROPERTY Small small;
    int count;
    MP_PROPERTY MP_COUNT(count) float fixed[4];
    MP_PROPERTY MP_COUNT(count) float flexible[];
} Odd;

typedef struct MP_CLASS Huge {
    MpObject object;
    MP_PROPERTY unsigned char bytes[1 << 29];
} Huge;

/* Words that contradict each other. */
MP_METHOD MP_LEAF int odd_method_leaf(Odd *self);
MP_STATIC(Odd) MP_CONSTRUCTOR Odd *odd_new(void);
MP_METHOD MP_DESTRUCTOR void odd_destroy(Odd *self);
MP_METHOD void odd_out(Odd *self, MP_OUT MP_INOUT int *number);
typedef struct MP_CLASS MP_VALUE Both {
    MpObject object;
} Both;

/* Functions. */
MP_METHOD _Noreturn void odd_leave(Odd *self);
MP_METHOD __attribute__((noreturn)) void odd_quit(Odd *self);
MP_METHOD int odd_größe(Odd *self);
MP_METHOD int odd_size(Odd *self, int größe);
MP_METHOD int odd_1(Odd *self);
MP_METHOD void odd_later(Odd *self, Later later);
MP_METHOD void odd_array(Odd *self, const float numbers[]);
MP_METHOD void odd_variable(Odd *self, int count, const float numbers[count]);
MP_METHOD void odd_table(Odd *self, MP_COUNT(count) const float table[][4], int count);
MP_METHOD int odd_old();
MP_METHOD int (*odd_function(Odd *self))(int);
MP_LEAF float odd_many(const Odd *self, float a, float b, float c, float d, float e, float f,
                       float g, float h, float i, float j, float k, float l, float m, float n,
                       float o, float p, float q, float r, float s, float t, float u, float v,
                       float w, float x, float y, float z, float A, float B, float C, float D,
                       float E, float F);
#define BY_MACRO(name) MP_METHOD int odd_##name(Odd *self, int *number);
BY_MACRO(made)
MP_METHOD int before_run(Before *self);
MP_METHOD int before_walk(Before *self);

/* Defaults that Lua and C would read differently, or C not at all. */
MP_METHOD void odd_defaults(Odd *self, MP_DEFAULT(017) int octal, MP_DEFAULT(1f) float suffix,
                            MP_DEFAULT(nan) float word, MP_DEFAULT("\101") const char *escape,
                            MP_DEFAULT("a" "b") const char *two, MP_DEFAULT(1 + 2) int sum);
