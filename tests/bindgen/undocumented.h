/* With --require-docs, everything here is a fault; so are two mistakes of another kind. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_VALUE Point {
    float x; /* an ordinary comment says nothing to others */
    float y; /**< Said. */
} Point;

typedef enum MP_ENUM Kind {
    KIND_RED,
    KIND_GREEN, /**< Said. */
} Kind;

/** */
typedef struct MP_CLASS Thing {
    MpObject object;
    MP_PROPERTY int hp;
    MP_READONLY char letter;
    int hidden;
} Thing;

typedef struct MP_OPTIONS Choice {
    int count;
} Choice;

typedef enum MP_FLAGS Marks { MARKS_A } Marks;

typedef MP_CALLBACK void (*Handler)(void *user);

MP_METHOD void thing_hide(Thing *self);
MP_GETTER int thing_get_weight(const Thing *self);
MP_SETTER void thing_set_weight(Thing *self, int weight);
/** One of two accessors speaks for both. */
MP_GETTER int thing_get_size(const Thing *self);
MP_SETTER void thing_set_size(Thing *self, int size);
MP_STATIC(shop) void shop_open(int);
void thing_not_for_scripts(Thing *self);
