#include "scene.h"

#include <criterion/criterion.h>

static World *world;

static void open_scene(void) { world = scene_world(); }
static void close_scene(void) { world_destroy(world); }

TestSuite(raider, .init = open_scene, .fini = close_scene);

static float distance_to_dome(const Raider *raider)
{
    return actor_distance(&raider->actor, actor_position(&world->dome->actor));
}

Test(raider, every_kind_comes_nearer)
{
    for (int kind = 0; kind < RAIDER_KIND_COUNT; kind++) {
        Raider *raider = world_spawn_raider(world, (RaiderKind)kind, (Vec2){-20, 100}, 1);
        float before = distance_to_dome(raider);
        scene_steps(world, 120);
        cr_assert_lt(distance_to_dome(raider), before - 30, "kind %d", kind);
    }
}

Test(raider, scouts_blow_themselves_up_at_the_dome)
{
    world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){180, 120}, 1);
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_CRASH, 600), 0);
    cr_assert_eq(scene_events(world, EVENT_KIND_SHIELD_HIT), 1);
    cr_assert_eq(scene_events(world, EVENT_KIND_FALL), 0);
    cr_assert_eq(world_get_raider_count(world), 0);
    cr_assert_eq(world->dome->shield, world->dome->max_shield - 5);
}

Test(raider, gunners_keep_their_distance_and_shoot_the_dome)
{
    world->rover->actor.x = 600; /* far away, so the dome is what they want */
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){0, 200}, 1);
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_PLASMA, 900), 0);
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_SHIELD_HIT, 300), 0);
    scene_steps(world, 600);
    cr_assert(distance_to_dome(raider) > 80 && distance_to_dome(raider) < 170);
}

Test(raider, gunners_shoot_at_the_rover_when_it_is_nearer)
{
    world->rover->actor.x = 190;
    world->rover->actor.y = 140;
    world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){120, 200}, 1);
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_ROVER_HIT, 400), 0);
}

Test(raider, brutes_ram_again_and_again)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){250, 200}, 1);
    for (int i = 0; i < 3; i++)
        cr_assert_gt(scene_steps_until(world, EVENT_KIND_HULL_HIT, 600), 0);
    cr_assert_eq(world_raider(world, 0), raider);
    cr_assert_eq(raider->actor.hp, raider->actor.max_hp);
}

Test(raider, armour_takes_part_of_a_hit_but_not_all)
{
    Raider *scout = world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){50, 100}, 10);
    Raider *brute = world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){100, 100}, 1);
    cr_assert_eq(raider_damage(scout, 10), scout->actor.max_hp - 10);
    cr_assert_eq(raider_damage(brute, 10), brute->actor.max_hp - 7);
    cr_assert_eq(raider_damage(brute, 1), brute->actor.max_hp - 8);
    cr_assert_eq(raider_damage(brute, 0), brute->actor.max_hp - 8);
}

Test(raider, toughness_multiplies_hit_points)
{
    const Raider *one = world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){50, 100}, 1);
    const Raider *two = world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){90, 100}, 2);
    cr_assert_eq(two->actor.hp, 2 * one->actor.hp);
    cr_assert_eq(two->actor.hp, two->actor.max_hp);
}

Test(raider, falls_when_the_step_ends)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){80, 300}, 1);
    raider_damage(raider, 1000);
    cr_assert_eq(world_get_raider_count(world), 1);
    world_step(world, STEP);
    cr_assert_eq(world_get_raider_count(world), 0);
    cr_assert_eq(scene_events(world, EVENT_KIND_FALL), 1);
    cr_assert_eq(world_event(world, 0).amount, 60);
}

static int worth_left_by(RaiderKind kind)
{
    world_reset(world, mp_pcg32_next(&world->random));
    world->crystal_pause = 0;
    Raider *raider = world_spawn_raider(world, kind, (Vec2){80, 300}, 1);
    raider_damage(raider, 1000);
    world_step(world, STEP);
    int worth = 0;
    for (int i = 0; i < world_get_crystal_count(world); i++)
        worth += crystal_value(world_crystal(world, i));
    return worth;
}

Test(raider, leaves_crystals_of_its_worth)
{
    int of_scouts = 0;
    for (int round = 0; round < 50; round++) {
        cr_assert_eq(worth_left_by(RAIDER_KIND_BRUTE), 10);
        cr_assert_eq(worth_left_by(RAIDER_KIND_GUNNER), 3);
        int of_scout = worth_left_by(RAIDER_KIND_SCOUT);
        cr_assert(of_scout == 0 || of_scout == 1);
        of_scouts += of_scout;
    }
    cr_assert(of_scouts > 5 && of_scouts < 45, "%d", of_scouts);
}

Test(raider, removed_ones_leave_nothing)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){80, 300}, 1);
    actor_remove(&raider->actor);
    world_step(world, STEP);
    cr_assert_eq(world_get_raider_count(world), 0);
    cr_assert_eq(world->event_count, 0);
    cr_assert_eq(world_get_crystal_count(world), 0);
}

Test(raider, a_crowd_spreads)
{
    for (int i = 0; i < 12; i++)
        world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){(float)(60 + i), 100}, 1);
    scene_steps(world, 300);
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < i; j++)
            cr_assert_gt(actor_distance(&world_raider(world, i)->actor,
                                        actor_position(&world_raider(world, j)->actor)),
                         9, "%d and %d", i, j);
}

/* ---- the boss ------------------------------------------------------------------------------- */

static Raider *boss_in_orbit(void)
{
    world->rover->actor.x = 600;
    Raider *boss = world_spawn_raider(world, RAIDER_KIND_BOSS, (Vec2){190, 200}, 1);
    scene_steps(world, 60);
    return boss;
}

static int hostile_bullets(void)
{
    int count = 0;
    for (int i = 0; i < world_get_bullet_count(world); i++)
        count += world_bullet(world, i)->hostile;
    return count;
}

Test(raider, the_boss_circles_the_dome)
{
    Raider *boss = boss_in_orbit();
    float bearing = actor_bearing(&boss->actor, actor_position(&world->dome->actor));
    for (int i = 0; i < 10; i++) {
        scene_steps(world, 60);
        cr_assert(distance_to_dome(boss) > 95 && distance_to_dome(boss) < 160, "%g",
                  (double)distance_to_dome(boss));
    }
    cr_assert_neq(bearing, actor_bearing(&boss->actor, actor_position(&world->dome->actor)));
}

Test(raider, the_boss_fires_fans_wider_ones_when_enraged)
{
    Raider *boss = boss_in_orbit();
    while (hostile_bullets() > 0)
        scene_steps(world, 1);
    boss->reload = 0;
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_PLASMA, 5), 0);
    cr_assert_eq(hostile_bullets(), 3);
    while (hostile_bullets() > 0)
        scene_steps(world, 1);
    boss->actor.hp = boss->actor.max_hp / 2 - 1;
    boss->reload = 0;
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_PLASMA, 5), 0);
    cr_assert_eq(hostile_bullets(), 5);
}

Test(raider, the_boss_lets_scouts_go)
{
    Raider *boss = boss_in_orbit();
    boss->launch = 0;
    cr_assert_gt(scene_steps_until(world, EVENT_KIND_LAUNCH, 5), 0);
    cr_assert_eq(world_get_raider_count(world), 3);
    cr_assert_eq(world_raider(world, 1)->kind, RAIDER_KIND_SCOUT);
    cr_assert_gt(boss->launch, 3);
}

Test(raider, the_fall_of_the_boss_leaves_a_treasure)
{
    Raider *boss = boss_in_orbit();
    boss->actor.hp = 0;
    scene_steps(world, 1);
    cr_assert_eq(scene_events(world, EVENT_KIND_FALL), 1);
    cr_assert_gt(world_get_crystal_count(world), 5);
}
