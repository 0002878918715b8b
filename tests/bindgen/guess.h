/* Defaults that their enums do not have. */
#include "moonpatch/annotate.h"

typedef enum MP_ENUM Gear { GEAR_LOW, GEAR_HIGH } Gear;
#define USUAL_GEAR GEAR_LOW
typedef struct MP_OPTIONS Setup {
    MP_DEFAULT(GEAR_HIGH) Gear right;
    MP_DEFAULT(GEAR_HIHG) Gear wrong;
} Setup;
MP_STATIC(car) void car_shift(MP_DEFAULT(GEAR_LOW) Gear right, MP_DEFAULT(USUAL_GEAR) Gear wrong,
                              const Setup *setup);
