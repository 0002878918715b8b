#include "thief.gen.h"

#include "moonpatch/plugin.h"
#include "thieves.gen.h"

MP_PLUGIN(.module = &mp_module_thieves, .version = "0.1");

int MP_NATIVE(xx_thief_steal)(XxThief *self)
{
    (void)self;
    return 1;
}

int MP_NATIVE(xx_animal_steal)(XxAnimal *self)
{
    (void)self;
    return 1;
}
