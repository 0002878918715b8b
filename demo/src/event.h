/*
 * event.h - what happened in a step of the world, for sounds, points and effects.
 *
 * The world never calls scripts about these things in the midst of a step. It writes them down,
 * and scripts read the list when the step is over:
 *
 *     for index = 0, world.event_count - 1 do
 *         local event = world:event(index)
 *         if event.kind == native.EventKind.SHOT then audio.play "sounds/shoot.ogg" end
 *     end
 */
#ifndef MOONBASE_EVENT_H
#define MOONBASE_EVENT_H

#include "moonpatch/annotate.h"

/** What happened. */
typedef enum MP_ENUM EventKind {
    EVENT_KIND_NONE,        /**< There is no such event. */
    EVENT_KIND_SHOT,        /**< The rover fired; amount: direction in radians. */
    EVENT_KIND_PLASMA,      /**< A gunner or the boss fired; amount: direction in radians. */
    EVENT_KIND_BOOST,       /**< The rover boosts. */
    EVENT_KIND_HIT,         /**< A bolt hit a raider; amount: hit points. */
    EVENT_KIND_RAM,         /**< The boosting rover rammed a raider; amount: hit points. */
    EVENT_KIND_FALL,        /**< A raider fell; amount: points. */
    EVENT_KIND_CRASH,       /**< A scout blew itself up at the dome. */
    EVENT_KIND_CRYSTAL,     /**< The rover took a crystal; amount: its value. */
    EVENT_KIND_SHIELD_HIT,  /**< The dome's shield lost hit points; amount: how many. */
    EVENT_KIND_SHIELD_DOWN, /**< The dome's shield lost the last of them. */
    EVENT_KIND_HULL_HIT,    /**< The dome's hull lost hit points; amount: how many. */
    EVENT_KIND_DOME_DOWN,   /**< The dome fell. */
    EVENT_KIND_ROVER_HIT,   /**< The rover was hit; amount: hit points. */
    EVENT_KIND_ROVER_DOWN,  /**< The rover is a wreck. */
    EVENT_KIND_ROVER_BACK,  /**< The rover drives again. */
    EVENT_KIND_LAUNCH,      /**< The boss let scouts go; amount: how many. */
} EventKind;

/** One thing that happened in the last step. */
typedef struct MP_VALUE Event {
    int kind;     /**< One of native.EventKind. */
    float x;      /**< Where, pixels. */
    float y;      /**< Where, pixels. */
    float amount; /**< How much; what of, the kind says. */
    float size;   /**< Radius of what it happened to, pixels. */
} Event;

#endif
