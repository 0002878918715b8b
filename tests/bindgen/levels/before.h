/* A module at level 1. after.h breaks every promise that it makes, once; see breaks.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/arguments.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdint.h>

typedef struct MP_VALUE Point {
    float x, y;
} Point;

typedef struct MP_VALUE Size {
    float width, height;
} Size;

typedef enum MP_ENUM Kind { KIND_RED, KIND_GREEN, KIND_BLUE } Kind;

typedef enum MP_ENUM Gone { GONE_NOW } Gone;

typedef enum MP_FLAGS Marks { MARKS_A = 1, MARKS_B = 2 } Marks;

typedef struct MP_OPTIONS Order {
    MP_DEFAULT(1) int count;
    float price;
    int gone;
} Order;

typedef struct MP_CLASS MP_OPAQUE Thing {
    MpObject object;
    MP_PROPERTY int kept;
    MP_PROPERTY int taken;
    MP_PROPERTY int changed;
    MP_PROPERTY int closed;
    MP_READONLY int opened;
    MP_PROPERTY int lifted;
    MP_PROPERTY int wrapped;
} Thing;

typedef struct MP_CLASS MP_ROOT(box) Box {
    Thing thing;
} Box;

typedef struct MP_CLASS MP_OPAQUE Orphan {
    Thing thing;
} Orphan;

typedef struct MP_CLASS Part {
    MpObject object;
} Part;

typedef struct MP_CLASS MP_OPAQUE Lost {
    MpObject object;
} Lost;

typedef MP_CALLBACK bool (*Judge)(void *user, int weight);
MP_METHOD void box_judge(Box *self, Judge judge, void *user);
MP_METHOD void box_any(Box *self, MpArguments *arguments);
MP_META(len) MP_METHOD int box_size(const Box *self);
MP_EVENT void box_opened(Box *self, int times);
MP_EVENT void box_closed(Box *self);
MP_CONSTRUCTOR Part *part_new(int size);
MP_DESTRUCTOR void part_destroy(Part *self);
MP_METHOD int box_kept(Box *self, int amount);
MP_LEAF int box_slower(Box *self);
MP_METHOD void box_taken(Box *self);
MP_METHOD void box_turned_static(Box *self);
MP_METHOD void box_less(Box *self, int amount, int more);
MP_METHOD void box_more(Box *self, int amount);
MP_METHOD void box_other(Box *self, int amount);
MP_METHOD void box_narrower(Box *self, int amount);
MP_METHOD void box_swapped(Box *self, float x, float y);
MP_METHOD int box_result(Box *self);
MP_METHOD int box_silent(Box *self);
MP_METHOD bool box_fails(Box *self);
MP_METHOD void box_default(Box *self, MP_DEFAULT(1) int amount);
MP_METHOD void box_required(Box *self, MP_OPTIONAL Thing *thing);
MP_METHOD int box_rest(Box *self, MP_OUT int *rest);
MP_METHOD void box_longer(Box *self, int amount);
MP_METHOD void box_order(Box *self, const Order *order);
MP_GETTER int box_get_weight(const Box *self);
MP_SETTER void box_set_weight(Box *self, int weight);
MP_STATIC(shop) int shop_count(void);
MP_STATIC(stall) int stall_count(void);
