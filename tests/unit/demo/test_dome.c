#include "scene.h"

#include <criterion/criterion.h>

Test(dome, a_hit_drains_the_shield)
{
    World *world = scene_world();
    dome_damage(world->dome, 25);
    cr_assert_eq(world->dome->shield, world->dome->max_shield - 25);
    dome_damage(world->dome, 1000);
    cr_assert_eq(world->dome->shield, 0);
    world_destroy(world);
}

/* One of the two bugs that the demo ships with: demo/patches/fix-shield.lua has nothing to show
   without it. */
Test(dome, ships_with_a_shield_that_protects_nothing)
{
    World *world = scene_world();
    cr_assert_eq(dome_damage(world->dome, 25), world->dome->actor.max_hp - 25);
    world_destroy(world);
}

Test(dome, hull_never_falls_below_nothing)
{
    World *world = scene_world();
    cr_assert_eq(dome_damage(world->dome, 1e9F), 0);
    world_destroy(world);
}

Test(dome, shield_grows_back_after_a_rest)
{
    World *world = scene_world();
    Dome *dome = world->dome;
    dome_hit(dome, (Vec2){320, 160}, 30);
    scene_steps(world, 60 * 3);
    cr_assert_eq(dome->shield, 30);
    scene_steps(world, 60 * 3);
    cr_assert_float_eq(dome->shield, 30 + 2 * dome->growth, 0.2);
    scene_steps(world, 60 * 30);
    cr_assert_eq(dome->shield, dome->max_shield);
    world_destroy(world);
}

Test(dome, repair_goes_up_to_the_whole_hull)
{
    World *world = scene_world();
    dome_damage(world->dome, 50);
    cr_assert_eq(dome_repair(world->dome, 20), 70);
    cr_assert_eq(dome_repair(world->dome, 200), 100);
    world_destroy(world);
}

Test(dome, is_hit_at_the_shield_while_there_is_one)
{
    World *world = scene_world();
    float shield = dome_reach(world->dome);
    world->dome->shield = 0;
    cr_assert_gt(shield, dome_reach(world->dome));
    cr_assert_eq(dome_reach(world->dome), world->dome->actor.radius);
    world_destroy(world);
}

Test(dome, hits_are_told)
{
    World *world = scene_world();
    world->event_count = 0;
    dome_hit(world->dome, (Vec2){300, 150}, 10);
    cr_assert_eq(scene_events(world, EVENT_KIND_SHIELD_HIT), 1);
    cr_assert_eq(scene_events(world, EVENT_KIND_SHIELD_DOWN), 0);
    cr_assert_eq(world_event(world, 0).x, 300);
    cr_assert_eq(world_event(world, 0).amount, 10);
    dome_hit(world->dome, (Vec2){300, 150}, 60);
    cr_assert_eq(scene_events(world, EVENT_KIND_SHIELD_DOWN), 1);
    world_destroy(world);
}

Test(dome, falls_once)
{
    World *world = scene_world();
    world->event_count = 0;
    for (int i = 0; i < 5; i++)
        dome_hit(world->dome, (Vec2){320, 160}, 60);
    cr_assert_eq(scene_events(world, EVENT_KIND_DOME_DOWN), 1);
    cr_assert_eq(world->dome->actor.hp, 0);
    world_destroy(world);
}
