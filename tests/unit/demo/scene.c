#include "scene.h"

#include <criterion/criterion.h>

World *scene_world(void)
{
    MpError error = {.message = ""};
    World *world = world_create(256, &error);
    cr_assert(world, "%s", error.message);
    world->crystal_pause = 0;
    return world;
}

void scene_steps(World *world, int steps)
{
    for (int i = 0; i < steps; i++)
        world_step(world, STEP);
}

int scene_events(const World *world, EventKind kind)
{
    int count = 0;
    for (int i = 0; i < world->event_count; i++)
        count += world_event(world, i).kind == (int)kind;
    return count;
}

int scene_steps_until(World *world, EventKind kind, int most)
{
    for (int steps = 1; steps <= most; steps++) {
        world_step(world, STEP);
        if (scene_events(world, kind) > 0)
            return steps;
    }
    return -1;
}
