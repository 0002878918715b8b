#include "scene.h"

#include <criterion/criterion.h>
#include <math.h>

Test(world, sizes_that_make_no_sense_are_refused)
{
    const int sizes[] = {0, -1, WORLD_CAPACITY_LIMIT + 1};
    for (int i = 0; i < 3; i++) {
        MpError error = {.status = MP_OK};
        cr_assert_null(world_create(sizes[i], &error));
        cr_assert_eq(error.status, MP_INVALID);
    }
    world_destroy(NULL);
}

Test(world, destroying_lets_go_of_every_object)
{
    World *world = scene_world();
    for (int i = 0; i < 50; i++)
        world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){0, 100}, 1);
    cr_assert_eq(mp_object_count(), 53);
    world_destroy(world);
    cr_assert_eq(mp_object_count(), 0);
}

Test(world, no_room_is_told_with_null)
{
    World *world = world_create(2, NULL);
    for (int i = 0; i < 2; i++) {
        cr_assert(world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){0, 100}, 1));
        cr_assert(world_spawn_bullet(world, (Vec2){9, 99}, (Vec2){0, 0}, 1, true));
        cr_assert(world_spawn_crystal(world, CRYSTAL_KIND_LARGE, (Vec2){9, 99}));
    }
    cr_assert_null(world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){0, 100}, 1));
    cr_assert_null(world_spawn_bullet(world, (Vec2){9, 99}, (Vec2){0, 0}, 1, true));
    cr_assert_null(world_spawn_crystal(world, CRYSTAL_KIND_LARGE, (Vec2){9, 99}));
    world->rover->trigger = true;
    scene_steps(world, 600); /* shooting and falling without room */
    world_destroy(world);
}

Test(world, asking_for_what_there_is_not)
{
    World *world = scene_world();
    cr_assert_null(world_raider(world, 0));
    cr_assert_null(world_bullet(world, -1));
    cr_assert_null(world_crystal(world, 1000000));
    cr_assert_eq(world_event(world, 0).kind, EVENT_KIND_NONE);
    cr_assert_eq(world_event(world, -1).kind, EVENT_KIND_NONE);
    cr_assert_null(world_nearest_raider(world, (Vec2){0, 0}, INFINITY));
    world_destroy(world);
}

Test(world, nearest_is_the_nearest_within_range_that_stands)
{
    World *world = scene_world();
    Raider *far = world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){100, 100}, 1);
    Raider *near = world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){60, 100}, 1);
    cr_assert_eq(world_nearest_raider(world, (Vec2){50, 100}, 200), near);
    cr_assert_eq(world_nearest_raider(world, (Vec2){150, 100}, 60), far);
    cr_assert_null(world_nearest_raider(world, (Vec2){50, 100}, 5));
    raider_damage(near, 1000);
    cr_assert_eq(world_nearest_raider(world, (Vec2){50, 100}, 200), far);
    world_destroy(world);
}

Test(world, reset_starts_a_new_game)
{
    World *world = scene_world();
    world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){0, 100}, 1);
    world->rover->rapid = 3;
    world->dome->max_shield = 500;
    dome_damage(world->dome, 60);
    scene_steps(world, 30);
    world_reset(world, 7);
    cr_assert_eq(world_get_raider_count(world), 0);
    cr_assert_eq(world->rover->rapid, 0);
    cr_assert_eq(world->dome->max_shield, 60);
    cr_assert_eq(world->dome->actor.hp, 100);
    cr_assert_eq(world->time, 0);
    cr_assert_eq(mp_object_count(), 3);
    world_destroy(world);
}

Test(world, rover_and_dome_are_the_same_objects_in_every_game)
{
    World *world = scene_world();
    MpObject rover = world->rover->actor.object, dome = world->dome->actor.object;
    world_reset(world, 1);
    cr_assert_eq(world->rover->actor.object.index, rover.index);
    cr_assert_eq(world->rover->actor.object.generation, rover.generation);
    cr_assert_eq(world->dome->actor.object.generation, dome.generation);
    world_destroy(world);
}

Test(world, more_events_than_there_is_room_for_are_dropped)
{
    World *world = scene_world();
    world->event_count = 0;
    for (int i = 0; i < WORLD_EVENT_LIMIT + 10; i++)
        world_tell(world, EVENT_KIND_HIT, (Vec2){(float)i, 0}, 1, 1);
    cr_assert_eq(world->event_count, WORLD_EVENT_LIMIT);
    cr_assert_eq(world_event(world, WORLD_EVENT_LIMIT - 1).x, WORLD_EVENT_LIMIT - 1);
    world_destroy(world);
}

Test(world, steps_of_no_time_do_nothing_and_long_ones_are_cut)
{
    World *world = scene_world();
    world_step(world, 0);
    world_step(world, -1);
    world_step(world, NAN);
    cr_assert_eq(world->time, 0);
    world_step(world, 1000);
    cr_assert_eq(world->time, 0.1F);
    world_destroy(world);
}

Test(world, previous_places_are_those_of_the_step_before)
{
    World *world = scene_world();
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){100, 100}, 1);
    cr_assert_eq(raider->actor.previous_x, 100);
    for (int i = 0; i < 20; i++) {
        Vec2 before = actor_position(&raider->actor);
        world_step(world, STEP);
        cr_assert_eq(raider->actor.previous_x, before.x);
        cr_assert_eq(raider->actor.previous_y, before.y);
    }
    cr_assert_neq(raider->actor.x, raider->actor.previous_x);
    world_destroy(world);
}

Test(world, places_that_are_no_numbers_do_no_harm)
{
    World *world = scene_world();
    const float strange[] = {NAN, INFINITY, -INFINITY, 1e38F};
    for (int i = 0; i < 4; i++) {
        world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){strange[i], strange[i]}, strange[i]);
        world_spawn_bullet(world, (Vec2){strange[i], 9}, (Vec2){9, strange[i]}, strange[i], i % 2);
        world_spawn_crystal(world, CRYSTAL_KIND_SMALL, (Vec2){strange[i], strange[i]});
    }
    world->rover->drive_x = NAN;
    world->rover->aim = NAN;
    world->rover->trigger = true;
    scene_steps(world, 300);
    world_digest(world);
    world_destroy(world);
}
