#include "scene.h"

#include <criterion/criterion.h>

static World *world;

static void open_scene(void) { world = scene_world(); }
static void close_scene(void) { world_destroy(world); }

TestSuite(crystal, .init = open_scene, .fini = close_scene);

Test(crystal, the_larger_the_more_it_is_worth)
{
    const int values[] = {1, 3, 10};
    for (int kind = 0; kind < CRYSTAL_KIND_COUNT; kind++)
        cr_assert_eq(crystal_value(world_spawn_crystal(world, (CrystalKind)kind, (Vec2){50, 90})),
                     values[kind]);
}

Test(crystal, crumbles_after_its_time)
{
    Crystal *crystal = world_spawn_crystal(world, CRYSTAL_KIND_SMALL, (Vec2){50, 90});
    int steps = (int)(crystal->life / STEP);
    scene_steps(world, steps - 2);
    cr_assert_eq(world_get_crystal_count(world), 1);
    scene_steps(world, 4);
    cr_assert_eq(world_get_crystal_count(world), 0);
    cr_assert_eq(scene_events(world, EVENT_KIND_CRYSTAL), 0);
}

Test(crystal, magnet_pulls_it_in)
{
    const Actor *rover = &world->rover->actor;
    float range = rover_magnet_range(world->rover);
    world_spawn_crystal(world, CRYSTAL_KIND_MEDIUM, (Vec2){rover->x + range - 4, rover->y});
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_CRYSTAL, 60), 0);
    cr_assert_eq(world_event(world, 0).amount, 3);
    cr_assert_eq(world_get_crystal_count(world), 0);
}

Test(crystal, stays_where_it_is_out_of_reach)
{
    const Actor *rover = &world->rover->actor;
    float range = rover_magnet_range(world->rover);
    Crystal *crystal =
        world_spawn_crystal(world, CRYSTAL_KIND_SMALL, (Vec2){rover->x + range + 4, rover->y});
    scene_steps(world, 60);
    cr_assert_eq(crystal->actor.x, rover->x + range + 4);
    cr_assert_not(crystal->pulled);
}

Test(crystal, a_wreck_collects_and_pulls_nothing)
{
    const Actor *rover = &world->rover->actor;
    rover_hit(world->rover, 1000);
    world_spawn_crystal(world, CRYSTAL_KIND_SMALL, actor_position(rover));
    Crystal *near = world_spawn_crystal(world, CRYSTAL_KIND_SMALL, (Vec2){rover->x + 20, rover->y});
    scene_steps(world, 60);
    cr_assert_eq(world_get_crystal_count(world), 2);
    cr_assert_eq(near->actor.x, rover->x + 20);
}

Test(crystal, gathering_brings_all_of_them_wherever_they_are)
{
    world_spawn_crystal(world, CRYSTAL_KIND_SMALL, (Vec2){20, 60});
    world_spawn_crystal(world, CRYSTAL_KIND_LARGE, (Vec2){620, 340});
    world_gather_crystals(world);
    int value = 0;
    for (int i = 0; i < 60 * 8; i++) {
        world_step(world, STEP);
        for (int j = 0; j < world->event_count; j++)
            value += (int)world_event(world, j).amount;
    }
    cr_assert_eq(value, 11);
}

Test(crystal, they_grow_by_themselves_away_from_the_dome)
{
    world->crystal_pause = 0.5F;
    scene_steps(world, 60 * 18);
    int count = world_get_crystal_count(world);
    cr_assert(count > 10 && count < 30, "%d", count);
    for (int i = 0; i < count; i++) {
        Vec2 place = actor_position(&world_crystal(world, i)->actor);
        cr_assert_gt(actor_distance(&world->dome->actor, place), dome_reach(world->dome));
    }
}
