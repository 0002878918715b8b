/* Everything that bindgen warns of, once. See suspicions.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_CLASS Tank {
    MpObject object;
    MP_PROPERTY const int volume;
    /* Tabs and wide characters do not move the caret. */
    // clang-format off
	/* ä€ */ MP_PROPERTY MP_READONLY int weight;
    // clang-format on
} Tank;

MP_GETTER int tank_get_level(const Tank *self);
MP_SETTER void tank_set_level(Tank *self, float level);
MP_SETTER void tank_set_flow(Tank *self, float flow);

/* Its getter may be the base's. */
typedef struct MP_CLASS HotTank {
    Tank tank;
} HotTank;
MP_SETTER void hot_tank_set_level(HotTank *self, int level);
