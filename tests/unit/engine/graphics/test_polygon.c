#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(polygon, .init = init, .fini = finish);

Test(polygon, fills_what_is_between_its_corners)
{
    static const float triangle[] = {0, 0, 8, 0, 0, 8};
    static const char *const rows[] = {"#######.", "######..", "#####...", "####....",
                                       "###.....", "##......", "#.......", "........"};
    stage_begin_frame(&stage);
    mp_graphics_polygon_fill(stage.graphics, triangle, 6);
    stage_finish_frame(&stage);
    for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++)
            cr_expect((stage_pixel(&stage, x, y) != 0) == (rows[y][x] == '#') || x + y == 7,
                      "%d,%d", x, y);
    }
}

/* Transparent neighbours show where they overlap, and where there is nothing between them. */
Test(polygon, meets_its_neighbours)
{
    static const float left[] = {3, 3, 31, 7, 20, 60};
    static const float right[] = {31, 7, 60, 40, 20, 60};
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 1, 1, 0.5f});
    mp_graphics_polygon_fill(stage.graphics, left, 6);
    mp_graphics_polygon_fill(stage.graphics, right, 6);
    stage_finish_frame(&stage);
    unsigned grey = stage_pixel(&stage, 20, 20);
    for (int y = 10; y < 58; y++) {
        int from = 64, to = 0, lit = 0;
        for (int x = 0; x < STAGE_SIZE; x++) {
            unsigned pixel = stage_pixel(&stage, x, y);
            cr_expect(pixel == 0 || pixel == grey, "%d,%d: %06x", x, y, pixel);
            if (pixel == 0)
                continue;
            from = x < from ? x : from;
            to = x;
            lit++;
        }
        cr_expect_eq(lit, to - from + 1, "row %d has a gap", y);
    }
}

Test(polygon, has_an_even_edge)
{
    static const float diamond[] = {32, 8, 59, 32, 32, 56, 5, 32};
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 1, 1, 0.5f});
    mp_graphics_polygon_line(stage.graphics, diamond, 8, 4);
    stage_finish_frame(&stage);
    unsigned grey = stage_pixel(&stage, 20, 20);
    cr_expect_neq(grey, 0);
    cr_expect_eq(stage_pixel(&stage, 32, 32), 0);
    for (int i = 0; i < STAGE_SIZE * STAGE_SIZE; i++) {
        unsigned pixel = stage_pixel(&stage, i % STAGE_SIZE, i / STAGE_SIZE);
        cr_expect(pixel == 0 || pixel == grey, "sides overlap at %d: %06x", i, pixel);
    }
    double expected = 4 * hypot(27, 24) * 4;
    cr_expect(fabs(stage_count_lit(&stage) - expected) < expected / 20);
}

Test(polygon, thin_edges_have_no_gaps)
{
    static const float triangle[] = {5.5f, 5.5f, 50.5f, 20.5f, 12.5f, 60.5f};
    stage_begin_frame(&stage);
    mp_graphics_polygon_line(stage.graphics, triangle, 6, 1);
    stage_finish_frame(&stage);
    for (int x = 6; x < 50; x++) {
        int lit = 0;
        for (int y = 0; y < 22 && y < 7 + x; y++)
            lit += stage_pixel(&stage, x, y) != 0;
        cr_expect_gt(lit, 0, "column %d", x);
    }
}

Test(polygon, is_nothing_without_three_corners_or_with_bad_ones)
{
    static const float dots[] = {9, 9, 50, 9, 9, NAN, 30, 30, 40, 50};
    static const float same[] = {9, 9, 9, 9, 9, 9};
    static float many[2 * 257];
    for (int i = 0; i < 257; i++) {
        many[2 * i] = 32 + 20 * cosf((float)i / 40);
        many[2 * i + 1] = 32 + 20 * sinf((float)i / 40);
    }
    stage_begin_frame(&stage);
    for (int count = -1; count < 6; count++) {
        mp_graphics_polygon_fill(stage.graphics, many, count);
        mp_graphics_polygon_line(stage.graphics, many, count, 3);
    }
    mp_graphics_polygon_fill(stage.graphics, dots, 10);
    mp_graphics_polygon_fill(stage.graphics, same, 6);
    mp_graphics_polygon_line(stage.graphics, same, 6, 3);
    mp_graphics_polygon_line(stage.graphics, many, 20, NAN);
    mp_graphics_polygon_line(stage.graphics, many, 20, -1);
    mp_graphics_polygon_fill(stage.graphics, many, 2 * 257);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
    stage_begin_frame(&stage);
    mp_graphics_polygon_fill(stage.graphics, many, 2 * 256);
    stage_finish_frame(&stage);
    cr_expect_gt(stage_count_lit(&stage), 1000);
}
