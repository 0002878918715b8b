#include "scene.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static World *world;

static void open_scene(void) { world = scene_world(); }
static void close_scene(void) { world_destroy(world); }

TestSuite(bullet, .init = open_scene, .fini = close_scene);

Test(bullet, bolt_hits_pushes_and_is_spent)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_GUNNER, (Vec2){100, 100}, 1);
    world_spawn_bullet(world, (Vec2){60, 100}, (Vec2){400, 0}, 12, false);
    int steps = scene_steps_until(world, EVENT_KIND_HIT, 20);
    cr_assert(steps > 1 && steps < 6, "%d", steps);
    cr_assert_eq(raider->actor.hp, raider->actor.max_hp - 12);
    cr_assert_gt(raider->actor.velocity_x, 20);
    cr_assert_gt(raider->actor.flash, 0);
    cr_assert_eq(world_get_bullet_count(world), 0);
}

Test(bullet, leaves_the_surface_and_is_gone)
{
    world_spawn_bullet(world, (Vec2){600, 100}, (Vec2){400, 0}, 12, false);
    scene_steps(world, 30);
    cr_assert_eq(world_get_bullet_count(world), 0);
    cr_assert_eq(world->event_count, 0);
}

Test(bullet, own_bolts_spare_dome_and_rover)
{
    world_spawn_bullet(world, (Vec2){320, 290}, (Vec2){0, -200}, 12, false);
    scene_steps(world, 60);
    cr_assert_eq(world->dome->shield, world->dome->max_shield);
    cr_assert_eq(world->rover->actor.hp, world->rover->actor.max_hp);
}

Test(bullet, plasma_spares_raiders)
{
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_BRUTE, (Vec2){100, 100}, 1);
    world_spawn_bullet(world, (Vec2){60, 100}, (Vec2){400, 0}, 12, true);
    scene_steps(world, 20);
    cr_assert_eq(raider->actor.hp, raider->actor.max_hp);
}

/* ---- against looking at everything ---------------------------------------------------------- */

enum { RAIDERS = 200, BOLTS = 200, ROUNDS = 40 };

/* Raiders at the dome blow themselves up before bolts come. */
static Vec2 away_from_dome(MpPcg32 *random)
{
    Vec2 place;
    do
        place = (Vec2){mp_pcg32_unit(random) * 700 - 30, mp_pcg32_unit(random) * 400 - 20};
    while (actor_distance(&world->dome->actor, place) < 80);
    return place;
}

static void scatter(MpPcg32 *random)
{
    world_reset(world, mp_pcg32_next(random));
    world->crystal_pause = 0;
    for (int i = 0; i < RAIDERS; i++) {
        Vec2 place = away_from_dome(random);
        world_spawn_raider(world, (RaiderKind)mp_pcg32_below(random, RAIDER_KIND_COUNT), place,
                           1000);
    }
    for (int i = 0; i < BOLTS; i++) {
        Vec2 place = {mp_pcg32_unit(random) * 640, 44 + mp_pcg32_unit(random) * 316};
        world_spawn_bullet(world, place, (Vec2){0, 0}, 100, false);
    }
}

static const float armours[RAIDER_KIND_COUNT] = {[RAIDER_KIND_BRUTE] = 3, [RAIDER_KIND_BOSS] = 2};

static int nearest_touched(const Actor *bolt)
{
    int nearest = -1;
    float least = 1e9F;
    for (int i = 0; i < RAIDERS; i++) {
        const Actor *raider = &world_raider(world, i)->actor;
        float distance = actor_distance(raider, actor_position(bolt));
        if (actor_touches(raider, bolt) && distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

Test(bullet, hits_what_looking_at_all_raiders_finds)
{
    const float instant = 1e-6F; /* so short that nothing moves by what matters */
    MpPcg32 random;
    mp_pcg32_init(&random, 3, 1);
    int hits = 0;
    for (int round = 0; round < ROUNDS; round++) {
        scatter(&random);
        int expected[RAIDERS] = {0};
        for (int i = 0; i < BOLTS; i++) {
            int target = nearest_touched(&world_bullet(world, i)->actor);
            if (target >= 0)
                expected[target]++;
        }
        float before[RAIDERS];
        for (int i = 0; i < RAIDERS; i++)
            before[i] = world_raider(world, i)->actor.hp;
        Raider *raiders[RAIDERS];
        for (int i = 0; i < RAIDERS; i++)
            raiders[i] = world_raider(world, i);
        world_step(world, instant);
        for (int i = 0; i < RAIDERS; i++) {
            float armour = armours[raiders[i]->kind];
            float lost = before[i] - raiders[i]->actor.hp;
            cr_assert_float_eq(lost, (float)expected[i] * (100 - armour), 0.5,
                               "round %d, raider %d lost %f", round, i, (double)lost);
            hits += expected[i];
        }
    }
    cr_assert_gt(hits, 500, "so few hits that this proves nothing");
}
