/*
 * odd.h - legal C that a generator could stumble over: names of the generated code's own, types
 * written in unusual ways, declarations by macros and inside others.
 */
#ifndef ODD_H
#define ODD_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

#include <stddef.h>
#include <stdint.h>

#define ODD_ROWS 2
enum { ODD_COLUMNS = 3 };

typedef int OddNumber;
typedef OddNumber OddCount;
typedef struct OddPlace OddPlace;
typedef OddPlace OddSpot;
typedef const OddPlace OddFixed;
typedef const int64_t OddWide;
typedef enum MP_ENUM OddKind {
    ODD_KIND_LOW = -5,
    ODD_KIND_LETTER = 'x',
    ODD_KIND_SUM = ODD_KIND_LOW + (1 << 4),
    ODD_KIND_MOST = 0x7fffffff,
    ODD_KIND_LEAST = -0x7fffffff - 1,
} OddKind;
typedef OddKind OddSort;
typedef const char *OddText;
typedef OddText OddTitle;
typedef float OddRow[ODD_COLUMNS];

typedef struct MP_CLASS Odd {
    MpObject object;
    MP_PROPERTY struct MP_VALUE OddPlace {
        OddCount x, y;
    } place, places[ODD_ROWS];
    MP_PROPERTY OddSort kind;
    MP_PROPERTY OddRow row;
    MP_PROPERTY int grid[2 * ODD_ROWS + 1], end, lua_State;
    int const MP_READONLY fixed;
    struct {
        int hidden;
    };
    unsigned flag : 1;
    _Static_assert(ODD_ROWS == 2, "rows");
    MP_READONLY struct Odd *next;
} Odd;

MP_CONSTRUCTOR Odd *odd_new(void);
MP_DESTRUCTOR void odd_destroy(Odd *self);

#define ODD_GETTER(name) MP_LEAF MP_GETTER int odd_get_##name(const Odd *self);
ODD_GETTER(hidden)
ODD_GETTER(flag)

/* Names that the generated C and Lua, the bridge or a macro might use as well. */
MP_METHOD int odd_names(Odd *self, int lua_State, int L, int MpCall, int mp_call, int mp_result,
                        int Odd, int mp_slot_odd_names, int result, int method, int nil);
MP_LEAF int odd_leaf_names(const Odd *lua_State, int self, int object, int mp_result, int end);
#define nil that

/* Names that are made of a parameter's name. */
MP_METHOD int odd_derived(Odd *self, MP_BYTES(n) const char data[], size_t n, int data_length,
                          MP_COUNT(m) const int list[], int m, int list_count, MP_INOUT int *more,
                          int more_box, MP_OUT int *rest, int rest_new);
MP_LEAF int odd_parts(const Odd *self, OddSpot to, int to_x, int to_1, int self_object);

/* Types in unusual writing. */
MP_METHOD OddTitle odd_title(Odd const *const self, OddTitle const title, OddSort sort);
MP_METHOD long unsigned int long odd_wide(Odd *restrict self, char signed tiny,
                                          int unsigned short small, _Bool flag);
MP_METHOD int(odd_cells)(Odd *(self), const OddRow row);
MP_METHOD __attribute__((nonnull(1), deprecated("soon"))) int odd_going(Odd *self);
MP_METHOD int odd_defaults(Odd *self, MP_DEFAULT(0x10u) int a, MP_DEFAULT(1.5f) float b,
                           MP_DEFAULT("a\"\\b\n") const char *c);

MP_METHOD OddPlace odd_swap(Odd *self, OddFixed at);
MP_LEAF OddPlace odd_leaf_swap(const Odd *self, OddFixed at);
MP_METHOD int64_t odd_twice(Odd *self, OddWide number);

/* Many. */
MP_METHOD int odd_thirty(Odd *self, int a, int b, int c, int d, int e, int f, int g, int h, int i,
                         int j, int k, int l, int m, int n, int o, int p, int q, int r, int s,
                         int t, int u, int v, int w, int x, int y, int z, int a1, int b1, int c1);
MP_LEAF double odd_leaf_thirty(const Odd *self, double a, double b, double c, double d, double e,
                               double f, double g, double h, double i, double j, double k, double l,
                               double m, double n, double o, double p, double q, double r, double s,
                               double t, double u, double v, double w, double x, double y, double z,
                               double a1, double b1, double c1);

/* Members that scripts know from elsewhere, and a word of theirs. */
MP_METHOD int odd_is(const Odd *self);
MP_METHOD int odd_is_valid(const Odd *self);
MP_METHOD int odd___index(const Odd *self);
MP_METHOD int odd_until(const Odd *self);

#endif
