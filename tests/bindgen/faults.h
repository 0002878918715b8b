/* Every fault that bindgen finds in one header, once. See faults.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdint.h>

struct Plain {
    int x;
};

typedef enum Hidden { HIDDEN_A } Hidden;

typedef struct MP_CLASS Good {
    MpObject object;
    MP_PROPERTY int64_t large;
    MP_PROPERTY const char *name;
    MP_PROPERTY int bits : 3;
    MP_PROPERTY char letter;
    MP_READONLY int numbers[4];
    MP_PROPERTY Hidden hidden;
    MP_PROPERTY struct Plain plain;
} Good;

typedef struct MP_CLASS Rootless {
    int x;
} Rootless;

typedef struct MP_VALUE Nested {
    Good *good;
    float x;
} Nested;

MP_METHOD void good_take(Good *self, struct Plain *plain);
MP_METHOD void good_take_pointer(Good *self, int *numbers);
MP_METHOD void good_take_long(Good *self, long number);
MP_METHOD void good_take_copy(Good *self, Good other);
MP_METHOD void good_call(Good *self, void (*callback)(int));
MP_METHOD void good_print(Good *self, const char *format, ...);
MP_METHOD void good_nameless(Good *self, int);
MP_METHOD struct Plain good_plain(Good *self);
MP_METHOD void free_function(int x);
MP_METHOD void bad_prefix(Good *self);
MP_LEAF void good_fails(Good *self, MpError *error);
MP_GETTER int good_get_pair(const Good *self, int index);
MP_SETTER int good_set_pair(Good *self, int index);
MP_STATIC(Good) void goods_count(void);
