/* scene.h - a world to test with, and what tests often do with it. */
#ifndef TEST_SCENE_H
#define TEST_SCENE_H

#include "world.h"

#define STEP (1.0F / 60)

/** A fresh world without crystals that grow; destroyed by the test with world_destroy(). */
World *scene_world(void);

/** Lets so many steps pass. */
void scene_steps(World *world, int steps);

/** How many events of that kind the last step had. */
int scene_events(const World *world, EventKind kind);

/** Steps until an event of that kind, at most `most` steps; how many it took, or -1. */
int scene_steps_until(World *world, EventKind kind, int most);

#endif
