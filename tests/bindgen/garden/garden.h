/* What the reference and the editor's stubs say of everything that can be declared, at level 2. */
#ifndef GARDEN_H
#define GARDEN_H

#include "moonpatch/annotate.h"
#include "moonpatch/arguments.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** A place or a step, metres. */
typedef struct MP_VALUE Spot {
    float x; /**< Eastwards, metres. */
    float y; /**< Northwards, metres. */
} Spot;

/** What a lamp is told. */
typedef struct MP_VALUE MP_SINCE(2) Light {
    float power; /**< From 0 to 1. */
    bool on;     /**< Whether it shines. */
} Light;

/** When it grows. */
typedef enum MP_ENUM Season {
    SEASON_SPRING,              /**< Blossoms | buds. */
    SEASON_AUTUMN,              /**< Fruit. */
    SEASON_END MP_SINCE(2) = 9, /**< The end of the year. */
} Season;

/** What is done to the ground; any of it together. */
typedef enum MP_FLAGS Care {
    CARE_DIG = 1,   /**< With a spade. */
    CARE_WATER = 2, /**< With a can. */
} Care;

/** How to sow. */
typedef struct MP_OPTIONS Sowing {
    MP_DEFAULT(3) int grains; /**< How many. */
    Spot at;                  /**< Where, metres. */
    MP_SINCE(2) Care care;    /**< What is done first. */
} Sowing;

/**
 * Anything that grows.
 *
 * It has
 * - roots_and_all, in *earth*;
 * - leaves.
 */
typedef struct MP_CLASS Plant {
    MpObject object;
    MP_PROPERTY float x, y;                                /**< Where it stands, metres. */
    MP_READONLY float growth;                              /**< How fast it grows [cm/h]. */
    MP_PROPERTY Season season;                             /**< When it grows most. */
    MP_READONLY const char *label;                         /**< What it is called; nil: nothing. */
    MP_READONLY struct Plant *parent;                      /**< The plant it stems from. */
    MP_PROPERTY Spot crown;                                /**< Where its crown is. */
    MP_PROPERTY float branches[3];                         /**< How long they are, metres. */
    MP_PROPERTY MP_SINCE(2) int leaves;                    /**< How many there are. */
    MP_PROPERTY MP_DEPRECATED("use `leaves`") int foliage; /**< The same. */
} Plant;

/** Gives it `amount` litres of water for `time` seconds; returns how much it grew, metres. */
MP_METHOD float plant_water(Plant *self, float amount, float time);
/**
 * The nearest plant to a spot. nil: the garden is empty.
 * @param to where to look
 * @param range how far, [m]
 * Errors: none.
 */
MP_LEAF Plant *plant_nearest(const Plant *self, Spot to, float range);
/** Cuts it. See plant_water. */
MP_METHOD MP_SINCE(2) bool plant_cut(Plant *self, Season when, const char *repeat, MpError *error);
/**
 * Lets it rest.
 * @deprecated Water it with plant_water instead.
 */
MP_METHOD void plant_end(Plant *self);
/** How high it is, metres. */
MP_LEAF MP_GETTER float plant_get_height(const Plant *self);
MP_METHOD MP_SETTER void plant_set_height(Plant *self, float height);
/** How many plants there are. */
MP_STATIC(Plant) int plant_count(void);
/** Throws seed at `where`; at least `grains`. */
MP_STATIC(sower) Plant *sower_sow(Spot where, uint8_t grains);

/** Sows as it is told; returns how many came up, and at `cost` seconds each. */
MP_STATIC(sower)
int sower_work(const Sowing *sowing, MP_DEFAULT("rye") const char *seed, MP_OUT float *cost,
               MpError *error);
/** Looks at a plant that is `years` old; returns whether to go on. */
typedef MP_CALLBACK bool (*Visitor)(void *user, Plant *plant, int years);
/** Shows all plants to a visitor; returns how many it has seen. */
MP_STATIC(sower) int sower_visit(Visitor visitor, void *user);
/** Writes down what it gets. */
MP_STATIC(sower) void sower_note(const char *title, MpArguments *arguments);
/** Waters some plants, each with [l/h]. */
MP_STATIC(sower)
void sower_water(MP_COUNT(count) Plant *const *plants, int count, MP_OPTIONAL Plant *last);

/** A plant of wood. */
typedef struct MP_CLASS MP_ROOT(oak) Tree {
    Plant plant;
} Tree;

/** Shakes it: `angle` in radians, `speed` in degrees per second. */
MP_METHOD Spot tree_shake(Tree *self, float angle, float speed);

/** A tree that a script planted with its `height` in mind. */
MP_CONSTRUCTOR Tree *tree_plant(float height);
/** It fell, towards `angle` radians. */
MP_EVENT void tree_fallen(Tree *self, float angle);
/** All is asleep. */
MP_EVENT MP_STATIC(sower) void sower_winter(Season after);
/** Fells it. */
MP_DESTRUCTOR void tree_fell(Tree *self);

/** What stands around it. */
typedef struct MP_CLASS MP_OPAQUE MP_SHARED Fence {
    MpObject object;
} Fence;

/** Takes it down. */
MP_DESTRUCTOR void fence_destroy(Fence *self);

#endif
