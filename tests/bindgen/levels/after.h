/* before.h as it must not become, and some changes that nobody minds. */
#include "moonpatch/annotate.h"
#include "moonpatch/arguments.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdint.h>

typedef struct MP_VALUE Point {
    float y, x;
} Point;

typedef struct MP_VALUE Size {
    float width, height, depth;
} Size;

typedef enum MP_ENUM Kind { KIND_RED, KIND_BLUE, KIND_WHITE, KIND_BLACK MP_SINCE(2) } Kind;

typedef enum MP_ENUM Marks { MARKS_A = 1, MARKS_B = 2 } Marks;

typedef struct MP_OPTIONS Order {
    MP_DEFAULT(2) int count;
    const char *price;
    MP_SINCE(2) bool wrapped;
    bool smuggled;
} Order;

/* Nobody minds: a member that came to Thing's new base, and one that became two functions. */
typedef struct MP_CLASS MP_SINCE(2) MP_OPAQUE Base {
    MpObject object;
    MP_PROPERTY int lifted;
} Base;

typedef struct MP_CLASS MP_OPAQUE Thing {
    Base base;
    MP_PROPERTY int kept;
    MP_PROPERTY float changed;
    MP_READONLY int closed;
    MP_PROPERTY int opened;
    MP_PROPERTY MP_SINCE(2) int added;
    MP_PROPERTY int smuggled;
} Thing;

typedef struct MP_CLASS Box {
    Thing thing;
} Box;

typedef struct MP_CLASS MP_OPAQUE Orphan {
    MpObject object;
} Orphan;

typedef struct MP_CLASS MP_SHARED Part {
    MpObject object;
} Part;

typedef struct MP_CLASS MP_OPAQUE Stranger {
    MpObject object;
} Stranger;

MP_GETTER int thing_get_wrapped(const Thing *self) MP_SINCE(2);
MP_SETTER void thing_set_wrapped(Thing *self, int wrapped) MP_SINCE(2);
typedef MP_CALLBACK bool (*Judge)(void *user, float weight);
MP_METHOD void box_judge(Box *self, Judge judge, void *user);
MP_METHOD void box_any(Box *self);
MP_METHOD int box_size(const Box *self);
MP_EVENT void box_opened(Box *self, const char *times);
MP_METHOD void box_closed(Box *self);
MP_STATIC(Part) Part *part_new(int size);
MP_DESTRUCTOR void part_destroy(Part *self);
MP_METHOD MP_SINCE(2) int box_kept(Box *self, int number);
MP_METHOD int box_slower(Box *self);
MP_STATIC(Box) void box_turned_static(void);
MP_METHOD void box_less(Box *self, int amount);
MP_METHOD void box_more(Box *self, int amount, int more);
MP_METHOD void box_other(Box *self, const char *amount);
MP_METHOD void box_narrower(Box *self, int8_t amount);
MP_METHOD void box_swapped(Box *self, float y, float x);
MP_METHOD const char *box_result(Box *self);
MP_METHOD void box_silent(Box *self);
MP_METHOD bool box_fails(Box *self, MpError *error);
MP_METHOD void box_default(Box *self, MP_DEFAULT(2) int amount);
MP_METHOD void box_required(Box *self, Thing *thing);
MP_METHOD int box_rest(Box *self);
MP_METHOD void box_longer(Box *self, int amount, MP_DEFAULT(3) int more);
MP_METHOD void box_order(Box *self, const Order *order);
MP_GETTER int box_get_weight(const Box *self);
MP_METHOD MP_SINCE(2) void box_allowed(Box *self);
MP_METHOD void box_smuggled(Box *self);
MP_STATIC(shop) int shop_total(void);
