/* bunker.h - a plugin that stands on another one, and adds to a class of the program. */
#ifndef PLUGINS_BUNKER_H
#define PLUGINS_BUNKER_H

#include "lion.h"
#include "turret.h"

/** A turret behind walls. */
typedef struct MP_CLASS Bunker {
    Turret turret;
    MP_PROPERTY int walls;
} Bunker;

/** Bunkers shoot twice. */
MP_METHOD int bunker_fire(Bunker *self, int times);
/** Lets an animal in; returns its hit points. */
MP_METHOD int bunker_shelter(Bunker *self, Animal *animal);
/** For a class of the program: the base's method, ... */
MP_METHOD int animal_hide(Animal *self);
/** ... hidden by this one for lions, which are slow. */
MP_METHOD int lion_hide(Lion *self);
/** Hides a method that the program's base class has. */
MP_METHOD void lion_heal(Lion *self);
/** Lions get a length and a title. */
MP_META(len) MP_METHOD int lion_length(const Lion *self);
MP_META(tostring) MP_METHOD const char *lion_title(const Lion *self);
MP_STATIC(keeper) int keeper_count(void);
MP_STATIC(Bunker) Bunker *bunker_create(void);
MP_STATIC(Bunker) void bunker_destroy(Bunker *bunker);

#endif
