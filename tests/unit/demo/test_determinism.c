#include "scene.h"

#include <criterion/criterion.h>

/* A driver and a commander of raiders without plan, but always with the same one. */
static void act(World *world, MpPcg32 *random)
{
    Rover *rover = world->rover;
    if (mp_pcg32_below(random, 20) == 0) {
        rover->drive_x = mp_pcg32_unit(random) * 2 - 1;
        rover->drive_y = mp_pcg32_unit(random) * 2 - 1;
        rover->boost = mp_pcg32_below(random, 3) == 0;
    }
    rover->aim += mp_pcg32_unit(random) * 0.2F - 0.05F;
    rover->trigger = true;
    if (mp_pcg32_below(random, 8) == 0) {
        Vec2 place = {mp_pcg32_unit(random) * 640, 50};
        world_spawn_raider(world, (RaiderKind)mp_pcg32_below(random, RAIDER_KIND_COUNT), place, 1);
    }
}

static uint32_t play(World *world, uint32_t seed, uint32_t wishes)
{
    MpPcg32 random;
    mp_pcg32_init(&random, wishes, 1);
    world_reset(world, seed);
    uint32_t digests = 0;
    for (int i = 0; i < 3000; i++) {
        act(world, &random);
        world_step(world, STEP);
        digests = digests * 31 + world_digest(world);
    }
    return digests;
}

Test(determinism, same_seed_and_same_wishes_give_the_same_game)
{
    World *one = world_create(256, NULL), *other = world_create(256, NULL);
    uint32_t first = play(one, 5, 5);
    cr_assert_gt(world_get_raider_count(one), 0);
    cr_assert_eq(play(other, 5, 5), first);
    world_destroy(one);
    world_destroy(other);
}

Test(determinism, a_reset_world_plays_like_a_new_one)
{
    World *world = world_create(256, NULL);
    uint32_t first = play(world, 5, 5);
    play(world, 9, 9);
    cr_assert_eq(play(world, 5, 5), first);
    world_destroy(world);
}

Test(determinism, another_seed_or_other_wishes_give_another_game)
{
    World *world = world_create(256, NULL);
    uint32_t first = play(world, 5, 5);
    cr_assert_neq(play(world, 6, 5), first);
    cr_assert_neq(play(world, 5, 6), first);
    world_destroy(world);
}

Test(determinism, digest_sees_a_small_difference)
{
    World *world = scene_world();
    Raider *raider = world_spawn_raider(world, RAIDER_KIND_SCOUT, (Vec2){100, 100}, 1);
    uint32_t before = world_digest(world);
    cr_assert_eq(world_digest(world), before);
    raider->actor.hp -= 0.001F;
    cr_assert_neq(world_digest(world), before);
    world_destroy(world);
}

Test(determinism, ten_thousand_actors)
{
    World *world = world_create(10000, NULL);
    MpPcg32 random;
    mp_pcg32_init(&random, 1, 1);
    for (int i = 0; i < 10000; i++) {
        Vec2 place = {mp_pcg32_unit(&random) * 640, 44 + mp_pcg32_unit(&random) * 316};
        cr_assert(world_spawn_raider(world, (RaiderKind)(i % RAIDER_KIND_COUNT), place, 1));
    }
    world->rover->trigger = true;
    scene_steps(world, 60);
    cr_assert_gt(world_get_raider_count(world), 5000);
    world_destroy(world);
}
