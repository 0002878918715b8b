/*
 * bench-actors - how long a step of Moonbase's world takes, with as many actors as asked for: a
 * third raiders, a third bullets, a third crystals, which bump into each other.
 *
 *     bench-actors 10000              the game's C
 *     bench-actors 10000 patch.lua    with a patch over it
 *     bench-actors 10000 patch.lua --unwatched    whose time nobody limits
 *
 * Prints the median, in milliseconds of CPU time: other programs do not count.
 */
#include "crystal.gen.h"
#include "moonbase.gen.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "world.gen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARMUP = 30, STEPS = 60, USAGE = 2 };

static const float step = 1.0F / 60;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static Vec2 anywhere(World *world)
{
    return (Vec2){world_chance(world, 0, WORLD_WIDTH),
                  world_chance(world, WORLD_TOP, WORLD_HEIGHT)};
}

/* Whoever fell is replaced, so that every step has as many actors as the first. */
static void fill(World *world, int each)
{
    static const RaiderKind kinds[] = {RAIDER_KIND_SCOUT, RAIDER_KIND_GUNNER, RAIDER_KIND_BRUTE};
    world->dome->actor.hp = world->dome->actor.max_hp;
    world->rover->actor.hp = world->rover->actor.max_hp;
    for (int i = world_get_raider_count(world); i < each; i++)
        world_spawn_raider(world, kinds[i % 3], anywhere(world), 1000);
    for (int i = world_get_bullet_count(world); i < each; i++)
        world_spawn_bullet(world, anywhere(world), vec2_polar(world_chance(world, 0, 6), 200), 1,
                           i % 2);
    for (int i = world_get_crystal_count(world); i < each; i++)
        world_spawn_crystal(world, (CrystalKind)(i % 3), anywhere(world));
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static double measure(World *world, int each)
{
    double times[STEPS];
    for (int i = -WARMUP; i < STEPS; i++) {
        fill(world, each);
        double begun = now();
        world_step(world, step);
        if (i >= 0)
            times[i] = now() - begun;
    }
    qsort(times, STEPS, sizeof *times, compare);
    return times[STEPS / 2];
}

static void on_event(void *user, const MpPatchEvent *event)
{
    if (event->state == MP_PATCH_ACTIVE)
        return;
    fprintf(stderr, "bench-actors: %s\n", event->cause);
    *(bool *)user = true;
}

/* False: the reason was printed. */
static bool patch(MpVm *vm, const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    mp_patch_apply(vm, &(MpPatchChange){.file = "actors.lua", .text = text, .size = size}, 1);
    return true;
}

int main(int argc, char **argv)
{
    bool watched = argc < 4 || strcmp(argv[3], "--unwatched") != 0;
    long count = argc >= 2 ? strtol(argv[1], NULL, 10) : 0;
    if (count < 3 || count > WORLD_CAPACITY_LIMIT || argc > 4 || (argc == 4 && watched)) {
        fputs("usage: bench-actors COUNT [PATCH.lua [--unwatched]]\n", stderr);
        return USAGE;
    }
    MpError error = {.message = ""};
    bool failed = false;
    World *world = world_create((int)count, &error);
    MpVm *vm = mp_vm_create(&(MpVmOptions){.jit = true,
                                           .budget_ms = watched ? 0 : UINT32_MAX,
                                           .patch_event = on_event,
                                           .user = &failed},
                            &error);
    if (!world || !vm || !mp_vm_register(vm, &mp_module_moonbase, &error)) {
        fprintf(stderr, "bench-actors: %s\n", error.message);
        return EXIT_FAILURE;
    }
    mp_vm_set_root(vm, "world", &world->object);
    failed = argc >= 3 && !patch(vm, argv[2]);
    double milliseconds = measure(world, (int)count / 3);
    failed = failed || mp_vm_errors(vm) > 0;
    mp_vm_destroy(vm);
    world_destroy(world);
    if (!failed)
        printf("%.3f\n", milliseconds);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
