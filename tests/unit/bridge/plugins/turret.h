/*
 * turret.h - a plugin for the bridge's tests: everything that can hold on to a library is here
 * once.
 */
#ifndef PLUGINS_TURRET_H
#define PLUGINS_TURRET_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** A direction and a distance. */
typedef struct MP_VALUE Aim {
    float angle;    /**< Radians. */
    float distance; /**< Metres. */
} Aim;

/** What it shoots with. */
typedef enum MP_ENUM Shell {
    SHELL_IRON,
    SHELL_FIRE,
} Shell;

/** Says how often to fire. */
typedef MP_CALLBACK int (*FireOrder)(void *user, int shells);

/** Turns and shoots. */
typedef struct MP_CLASS Turret {
    MpObject object;
    MP_PROPERTY int shells;
    MP_PROPERTY Aim aim;
    MP_PROPERTY float barrels[3];
    float heat;
    FireOrder order;
    void *order_user;
} Turret;

/** Shoots `times` times; returns the damage done. */
MP_METHOD int turret_fire(Turret *self, int times);
/** The same without Lua in between. */
MP_LEAF int turret_quick_fire(Turret *self, int times);
/** Half of an aim, through the C API and as a leaf. */
MP_METHOD Aim turret_half(const Turret *self, Aim aim);
MP_LEAF Aim turret_leaf_half(const Turret *self, Aim aim);
MP_LEAF MP_GETTER float turret_get_heat(const Turret *self);
MP_LEAF MP_SETTER void turret_set_heat(Turret *self, float heat);
/** Says that it is a leaf, and calls whatever the test put into `turret_hook`. */
MP_LEAF int turret_probe(Turret *self);
/** Which damage a shell does. */
MP_STATIC(Turret) int turret_damage_of(Shell shell);
MP_LEAF MP_STATIC(Turret)
int turret_leaf_damage_of(Shell shell);
/** In a namespace of its own. */
MP_STATIC(armoury) int armoury_stock(void);

/** It fired. */
MP_EVENT void turret_fired(Turret *self, int times);
/** Asks how often to fire, and remembers whom it asked, which it must not. */
MP_METHOD int turret_ask(Turret *self, FireOrder order, void *user);
/** Asks C. */
MP_METHOD int turret_ask_c(Turret *self);
/** Asks whom it must not ask any more. */
MP_METHOD int turret_ask_again(Turret *self);
/** Keeps it for the turret, and for nobody. */
MP_METHOD void turret_obey(Turret *self, MP_KEEP MP_OPTIONAL FireOrder order, void *user);
MP_STATIC(armoury) void armoury_obey(MP_KEEP MP_OPTIONAL FireOrder order, void *user);

/** Nothing is left. */
MP_EVENT MP_STATIC(armoury) void armoury_emptied(void);

/** Shared: lives as long as C or a script holds it. */
typedef struct MP_CLASS MP_SHARED Crew {
    MpObject object;
    MP_PROPERTY int64_t pay;
} Crew;

MP_CONSTRUCTOR Crew *crew_new(void);
MP_DESTRUCTOR void crew_destroy(Crew *self);

/** Creates one, or destroys it: what a script can do to keep the plugin in use. */
MP_STATIC(Turret) Turret *turret_create(void);
MP_STATIC(Turret) void turret_destroy(Turret *turret);

/** For tests. */
extern void (*turret_hook)(void);

#endif
