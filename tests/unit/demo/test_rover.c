#include "scene.h"

#include <criterion/criterion.h>
#include <math.h>

static World *world;
static Rover *rover;

static void open_scene(void)
{
    world = scene_world();
    rover = world->rover;
}

static void close_scene(void) { world_destroy(world); }

TestSuite(rover, .init = open_scene, .fini = close_scene);

static float speed(void) { return vec2_length(actor_velocity(&rover->actor)); }

Test(rover, drives_where_the_driver_wants)
{
    Vec2 start = actor_position(&rover->actor);
    rover->drive_x = 1;
    scene_steps(world, 60);
    cr_assert_gt(rover->actor.x, start.x + 60);
    cr_assert_eq(rover->actor.y, start.y);
    cr_assert_float_eq(speed(), rover_top_speed(rover), 1);
    cr_assert_float_eq(remainderf(rover->actor.angle, 6.2831853F), 0, 0.01);
}

Test(rover, is_not_faster_across)
{
    rover->drive_x = rover->drive_y = -1;
    scene_steps(world, 40);
    cr_assert_leq(speed(), rover_top_speed(rover) + 0.01F);
}

Test(rover, comes_to_rest)
{
    rover->drive_x = 1;
    scene_steps(world, 30);
    rover->drive_x = 0;
    scene_steps(world, 60);
    cr_assert_lt(speed(), 1);
}

Test(rover, stays_on_the_surface_and_out_of_the_dome)
{
    const float wishes[][2] = {{1, 0}, {0, -1}, {-1, 0},  {-1, 1},
                               {0, 1}, {1, -1}, {-1, -1}, {1, 1}};
    const Actor *dome = &world->dome->actor;
    for (int i = 0; i < 60 * 60; i++) {
        const float *wish = wishes[i / 100 % 8];
        rover->drive_x = wish[0];
        rover->drive_y = wish[1];
        rover->boost = i % 7 == 0;
        world_step(world, STEP);
        cr_assert(rover->actor.x >= 13 && rover->actor.x <= WORLD_WIDTH - 13);
        cr_assert(rover->actor.y >= WORLD_TOP + 13 && rover->actor.y <= WORLD_HEIGHT - 13);
        cr_assert_geq(actor_distance(&rover->actor, actor_position(dome)),
                      dome->radius + rover->actor.radius - 0.01F);
    }
}

Test(rover, fires_as_often_as_it_reloads)
{
    rover->trigger = true;
    int shots = 0;
    for (int i = 0; i < 120; i++) {
        world_step(world, STEP);
        shots += scene_events(world, EVENT_KIND_SHOT);
    }
    cr_assert_float_eq((float)shots, 2 / rover_reload_time(rover), 2);
    rover->trigger = false;
    scene_steps(world, 30);
    cr_assert_eq(scene_events(world, EVENT_KIND_SHOT), 0);
}

Test(rover, bolts_leave_the_muzzle_in_the_direction_of_the_turret)
{
    rover->aim = 0;
    rover_fire(rover);
    const Bullet *bolt = world_bullet(world, 0);
    cr_assert_eq(bolt->actor.y, rover->actor.y);
    cr_assert_eq(bolt->actor.x, rover->actor.x + 16);
    cr_assert_lt(fabsf(bolt->actor.angle), 0.04F);
    cr_assert_not(bolt->hostile);
    cr_assert_eq(bolt->damage, rover_bolt_damage(rover));
}

/* One of the two bugs that the demo ships with: demo/patches/fix-rapid-fire.lua has nothing to
   show without it. */
Test(rover, ships_with_an_upgrade_rapid_fire_that_makes_it_slower)
{
    float before = rover_reload_time(rover);
    rover->rapid = 1;
    cr_assert_gt(rover_reload_time(rover), before);
}

Test(rover, upgrades_raise_what_they_say)
{
    float power = rover_bolt_damage(rover), speed_before = rover_top_speed(rover),
          range = rover_magnet_range(rover);
    rover->power = rover->speed = rover->magnet = 1;
    cr_assert_gt(rover_bolt_damage(rover), power);
    cr_assert_gt(rover_top_speed(rover), speed_before);
    cr_assert_gt(rover_magnet_range(rover), range);
}

Test(rover, boost_is_fast_and_needs_a_pause)
{
    rover->drive_x = 1;
    rover->boost = true;
    world_step(world, STEP);
    cr_assert_eq(scene_events(world, EVENT_KIND_BOOST), 1);
    cr_assert_gt(speed(), rover_top_speed(rover) * 2);
    int wait = scene_steps_until(world, EVENT_KIND_BOOST, 200);
    cr_assert(wait > 60 && wait < 120, "%d steps", wait);
}

Test(rover, boosting_rover_rams_and_is_not_hurt)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_BRUTE,
                                        (Vec2){rover->actor.x + 32, rover->actor.y}, 1);
    rover->drive_x = 1;
    rover->boost = true;
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_RAM, 10), 0);
    cr_assert_lt(raider->actor.hp, raider->actor.max_hp);
    cr_assert_eq(rover->actor.hp, rover->actor.max_hp);
}

Test(rover, touching_raiders_hurts_and_then_it_is_safe_for_a_moment)
{
    world_spawn_raider(world, RAIDER_KIND_SCOUT, actor_position(&rover->actor), 1);
    world_step(world, STEP);
    float left = rover->actor.hp;
    cr_assert_lt(left, rover->actor.max_hp);
    cr_assert_gt(rover->safe, 0);
    rover_hit(rover, 10);
    cr_assert_eq(rover->actor.hp, left);
}

Test(rover, without_hit_points_it_is_a_wreck_and_comes_back)
{
    rover->drive_x = 1;
    rover->trigger = true;
    rover_hit(rover, 1000);
    cr_assert_eq(rover->actor.hp, 0);
    cr_assert(rover_get_wrecked(rover));
    Vec2 place = actor_position(&rover->actor);
    int steps = scene_steps_until(world, EVENT_KIND_ROVER_BACK, 600);
    cr_assert(steps > 120, "%d steps", steps);
    cr_assert_eq(rover->actor.x, place.x);
    cr_assert_eq(world_get_bullet_count(world), 0);
    cr_assert_not(rover_get_wrecked(rover));
    cr_assert_eq(rover->actor.hp, rover->actor.max_hp);
}

Test(rover, is_mended_beside_the_dome_only)
{
    rover->actor.hp = 20;
    rover->actor.y = 320;
    world_step(world, STEP);
    cr_assert_eq(rover->actor.hp, 20);
    rover->actor.y = 200 + 60;
    scene_steps(world, 60);
    cr_assert_gt(rover->actor.hp, 25);
    scene_steps(world, 60 * 20);
    cr_assert_eq(rover->actor.hp, rover->actor.max_hp);
}
