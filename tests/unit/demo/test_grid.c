#include "grid.h"

#include "random/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { POINTS = 500, ROUNDS = 300 };

static float unit(MpPcg32 *random, float low, float high)
{
    return low + (high - low) * mp_pcg32_unit(random);
}

/* Some of the points lie outside of the area. */
static void fill(Grid *grid, MpPcg32 *random, int count)
{
    for (int i = 0; i < count; i++)
        grid->points[i] = (Vec2){unit(random, -90, 730), unit(random, -90, 450)};
    grid_build(grid, count);
}

static Grid new_grid(int capacity)
{
    Grid grid;
    cr_assert(grid_init(&grid, 640, 360, 32, capacity, NULL));
    return grid;
}

Test(grid, a_walk_misses_nothing_that_looking_at_all_points_finds)
{
    Grid grid = new_grid(POINTS);
    MpPcg32 random;
    mp_pcg32_init(&random, 1, 1);
    int found_in_all = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int count = (int)mp_pcg32_below(&random, POINTS + 1);
        fill(&grid, &random, count);
        Vec2 centre = {unit(&random, -60, 700), unit(&random, -60, 420)};
        float reach = unit(&random, 0, 120);
        bool seen[POINTS] = {false};
        int index;
        for (GridWalk walk = grid_walk(&grid, centre, reach); grid_next(&walk, &index);) {
            cr_assert(index >= 0 && index < count);
            cr_assert_not(seen[index], "point %d twice", index);
            seen[index] = true;
        }
        for (int i = 0; i < count; i++) {
            bool within = vec2_distance(grid.points[i], centre) <= reach;
            cr_assert(!within || seen[i], "round %d missed point %d", round, i);
            found_in_all += within;
        }
    }
    cr_assert_gt(found_in_all, 1000, "so few points were near that this proves nothing");
    grid_finish(&grid);
}

Test(grid, a_walk_looks_at_few_others)
{
    Grid grid = new_grid(10000);
    MpPcg32 random;
    mp_pcg32_init(&random, 2, 1);
    for (int i = 0; i < 10000; i++)
        grid.points[i] = (Vec2){unit(&random, 0, 640), unit(&random, 0, 360)};
    grid_build(&grid, 10000);
    int index, seen = 0;
    for (GridWalk walk = grid_walk(&grid, (Vec2){320, 180}, 16); grid_next(&walk, &index);)
        seen++;
    cr_assert(seen > 0 && seen < 10000 / 20, "%d of 10000", seen);
    grid_finish(&grid);
}

Test(grid, points_of_a_cell_keep_their_order)
{
    Grid grid = new_grid(64);
    for (int i = 0; i < 64; i++)
        grid.points[i] = (Vec2){100, 100};
    grid_build(&grid, 64);
    int index, expected = 0;
    for (GridWalk walk = grid_walk(&grid, (Vec2){100, 100}, 1); grid_next(&walk, &index);)
        cr_assert_eq(index, expected++);
    cr_assert_eq(expected, 64);
    grid_finish(&grid);
}

Test(grid, no_points_and_points_that_are_no_numbers)
{
    Grid grid = new_grid(2);
    int index, seen = 0;
    grid_build(&grid, 0);
    GridWalk walk = grid_walk(&grid, (Vec2){320, 180}, 1000);
    cr_assert_not(grid_next(&walk, &index));
    grid.points[0] = (Vec2){NAN, INFINITY};
    grid.points[1] = (Vec2){-INFINITY, 1e30F};
    grid_build(&grid, 2);
    for (walk = grid_walk(&grid, (Vec2){NAN, NAN}, INFINITY); grid_next(&walk, &index);)
        seen++;
    for (walk = grid_walk(&grid, (Vec2){320, 180}, 2000); grid_next(&walk, &index);)
        seen += 10;
    cr_assert_eq(seen, 20);
    grid_finish(&grid);
}

Test(grid, a_reach_below_zero_finds_what_is_there)
{
    Grid grid = new_grid(1);
    grid.points[0] = (Vec2){100, 100};
    grid_build(&grid, 1);
    int index, seen = 0;
    for (GridWalk walk = grid_walk(&grid, (Vec2){100, 100}, -1000); grid_next(&walk, &index);)
        seen++;
    cr_assert_eq(seen, 1);
    grid_finish(&grid);
}
