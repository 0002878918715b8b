/* What generated code could not name, or not define. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_CLASS {
    MpObject object;
} Nameless;

typedef struct MP_VALUE {
    int x;
} NamelessValue;

typedef enum MP_ENUM { NAMELESS_ONE } NamelessEnum;

struct MP_CLASS Plain {
    MpObject object;
};

enum MP_FLAGS PlainFlags { PLAIN_ONE = 1 };

typedef struct Early Early;
struct MP_CLASS Early {
    MpObject object;
};

MP_METHOD int early_take(Early *self, NamelessValue value);
MP_METHOD int early_choose(Early *self, NamelessEnum choice);
MP_METHOD int nameless_do(Nameless *self);
MP_METHOD inline int early_quickly(Early *self);
MP_METHOD static int early_alone(Early *self);
