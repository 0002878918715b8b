#include "graphics/tile_map.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static Stage stage;

/* Four tiles of 4 x 4 pixels; upper left corners are blue, so that no flip looks like another. */
static uint32_t paint_tiles(int x, int y)
{
    static const uint32_t colors[4] = {0xFFFF0000, 0xFF00FF00, 0xFFFFFF00, 0xFFFF00FF};
    if (x % 4 < 2 && y % 4 == 0)
        return 0xFF0000FF;
    return colors[y / 4 * 2 + x / 4];
}

static void init(void)
{
    stage_init(&stage);
    stage_write_picture(&stage, "tiles.png", 8, 8, paint_tiles);
}

static void finish(void) { stage_finish(&stage); }

TestSuite(tile_map, .init = init, .fini = finish);

#define TILESET                                                                   \
    "\"name\":\"moon\",\"image\":\"tiles.png\",\"tilewidth\":4,\"tileheight\":4," \
    "\"tilecount\":4,\"columns\":2,\"tiles\":[{\"id\":1,\"properties\":["         \
    "{\"name\":\"solid\",\"type\":\"bool\",\"value\":true},"                      \
    "{\"name\":\"damage\",\"type\":\"int\",\"value\":7},"                         \
    "{\"name\":\"sound\",\"type\":\"string\",\"value\":\"ouch\"}]},"              \
    "{\"id\":2,\"animation\":[{\"tileid\":2,\"duration\":100},{\"tileid\":3,\"duration\":50}]}]"
#define HEAD                                                                               \
    "{\"type\":\"map\",\"orientation\":\"orthogonal\",\"infinite\":false,\"width\":3,"     \
    "\"height\":2,\"tilewidth\":4,\"tileheight\":4,\"tilesets\":[{\"firstgid\":1," TILESET \
    "}],\"properties\":[{\"name\":\"gravity\",\"type\":\"float\",\"value\":1.5}],\"layers\":["
#define LAYER(name, cells) \
    "{\"type\":\"tilelayer\",\"name\":\"" name "\",\"width\":3,\"height\":2,\"data\":[" cells "]}"
#define GROUND LAYER("ground", "1,2,0,0,3,4")
#define MAP    HEAD GROUND "]}"

static void write_map(const char *text) { scratch_write_text(&stage.scratch, "a.tmj", text); }

static MpTileMap *load(const char *text)
{
    MpError error;
    write_map(text);
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    return map;
}

static MpTileLayer *layer_of(const MpTileMap *map, const char *name)
{
    MpError error;
    MpTileLayer *layer = mp_tile_map_layer(map, name, &error);
    cr_assert(layer, "%s", error.message);
    return layer;
}

static void draw(const MpTileMap *map, float x, float y)
{
    stage_begin_frame(&stage);
    mp_tile_map_draw(map, x, y);
    stage_finish_frame(&stage);
}

Test(tile_map, draws_tiles_where_they_are)
{
    MpTileMap *map = load(MAP);
    cr_expect_eq(mp_graphics_load_tile_map(stage.graphics, "a.tmj", NULL), map);
    cr_expect(map->columns == 3 && map->rows == 2 && map->tile_width == 4 && map->revision == 1);
    draw(map, 10, 20);
    cr_expect_eq(stage_pixel(&stage, 10, 20), 0x0000FF);
    cr_expect_eq(stage_pixel(&stage, 13, 23), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 17, 23), 0x00FF00);
    cr_expect_eq(stage_pixel(&stage, 17, 27), 0xFFFF00);
    cr_expect_eq(stage_pixel(&stage, 21, 27), 0xFF00FF);
    cr_expect_eq(stage_count_lit(&stage), 4 * 16);
    cr_expect_eq(stage.graphics->draw_calls, 1);
}

typedef struct FlipCase {
    MpTileFlip flip;
    int x, y;     /* the blue corner, in the tile */
    bool along_x; /* the blue line is of one row, not of one column */
} FlipCase;

Test(tile_map, turns_tiles_in_all_eight_ways)
{
    static const FlipCase cases[] = {
        {0, 0, 0, 1},
        {MP_TILE_FLIP_ACROSS, 3, 0, 1},
        {MP_TILE_FLIP_DOWN, 0, 3, 1},
        {MP_TILE_FLIP_ACROSS | MP_TILE_FLIP_DOWN, 3, 3, 1},
        {MP_TILE_FLIP_DIAGONAL, 0, 0, 0},
        {MP_TILE_FLIP_DIAGONAL | MP_TILE_FLIP_ACROSS, 3, 0, 0},
        {MP_TILE_FLIP_DIAGONAL | MP_TILE_FLIP_DOWN, 0, 3, 0},
        {MP_TILE_FLIP_DIAGONAL | MP_TILE_FLIP_ACROSS | MP_TILE_FLIP_DOWN, 3, 3, 0},
    };
    MpTileMap *map = load(HEAD LAYER("ground", "0,0,0,0,0,0") "]}");
    MpTileLayer *ground = layer_of(map, "ground");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const FlipCase *c = &cases[i];
        MpTileFlip flip;
        cr_assert(mp_tile_layer_set(ground, 2, 1, 1, c->flip));
        cr_expect_eq(mp_tile_layer_get(ground, 2, 1, &flip), 1);
        cr_expect_eq(flip, c->flip);
        draw(map, 0, 0);
        int x = 4 + c->x, y = c->y, right = c->x ? -1 : 1, down = c->y ? -1 : 1;
        cr_expect_eq(stage_pixel(&stage, x, y), 0x0000FF, "case %zu", i);
        cr_expect_eq(stage_pixel(&stage, x + right, y), c->along_x ? 0x0000FF : 0xFF0000,
                     "case %zu", i);
        cr_expect_eq(stage_pixel(&stage, x, y + down), c->along_x ? 0xFF0000 : 0x0000FF, "case %zu",
                     i);
        cr_expect_eq(stage_count_lit(&stage), 16, "case %zu", i);
    }
}

Test(tile_map, draws_only_what_can_be_seen)
{
    enum { SIDE = 200 };
    static char text[4096 + SIDE * SIDE * 2];
    size_t used =
        (size_t)snprintf(text, sizeof text,
                         "{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":%d,\"height\":"
                         "%d,\"tilewidth\":4,"
                         "\"tileheight\":4,\"tilesets\":[{\"firstgid\":1," TILESET
                         "}],\"layers\":[{\"type\":\"tilelayer\",\"name\":\"ground\",\"data\":[1",
                         SIDE, SIDE);
    for (int i = 1; i < SIDE * SIDE; i++, used += 2)
        memcpy(text + used, ",1", 2);
    memcpy(text + used, "]}]}", 5);
    MpTileMap *map = load(text);
    static const struct {
        float x, y;
        int quads;
    } cases[] = {
        {0, 0, 256},  {-402, -402, 17 * 17}, {60, 60, 1},      {-796, -796, 1}, {64, 0, 0},
        {-801, 0, 0}, {NAN, 0, 0},           {INFINITY, 0, 0}, {0, -1e30f, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        draw(map, cases[i].x, cases[i].y);
        cr_expect_eq(stage.graphics->quads, cases[i].quads, "case %zu: %d", i,
                     stage.graphics->quads);
        cr_expect_leq(stage.graphics->draw_calls, 1);
    }
    stage_begin_frame(&stage);
    mp_graphics_translate(stage.graphics, 32, 32);
    mp_graphics_rotate(stage.graphics, 0.7f);
    mp_graphics_scale(stage.graphics, 4, 4);
    mp_tile_map_draw(map, -400, -400);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), STAGE_SIZE * STAGE_SIZE, "no holes");
    cr_expect(stage.graphics->quads > 16 && stage.graphics->quads < 60, "%d",
              stage.graphics->quads);
    stage_begin_frame(&stage);
    mp_graphics_scale(stage.graphics, 0, 1);
    mp_tile_map_draw(map, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), 0);
}

Test(tile_map, sets_cells)
{
    MpTileFlip flip;
    MpTileMap *map = load(MAP);
    MpTileLayer *ground = layer_of(map, "ground");
    cr_expect_eq(mp_tile_layer_get(ground, 2, 1, &flip), 2);
    cr_expect(mp_tile_layer_set(ground, 2, 1, 0, 0));
    cr_expect_eq(mp_tile_layer_get(ground, 2, 1, &flip), 0);
    static const int outside[][2] = {{0, 1}, {1, 0}, {4, 1}, {1, 3}, {-9, 1}};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        cr_expect_not(mp_tile_layer_set(ground, outside[i][0], outside[i][1], 1, 0));
        cr_expect_eq(mp_tile_layer_get(ground, outside[i][0], outside[i][1], &flip), 0);
    }
    cr_expect_not(mp_tile_layer_set(ground, 1, 1, 5, 0));
    cr_expect_not(mp_tile_layer_set(ground, 1, 1, -1, 0));
    cr_expect_eq(mp_tile_layer_get(ground, 1, 1, &flip), 1);
    MpError error;
    cr_expect_null(mp_tile_map_layer(map, "sky", &error));
    cr_expect_eq(error.status, MP_INVALID);
}

Test(tile_map, knows_what_is_solid)
{
    MpTileMap *map = load(MAP);
    MpTileLayer *ground = layer_of(map, "ground");
    cr_expect(mp_tile_map_solid_at(map, 4, 0));
    cr_expect(mp_tile_map_solid_at(map, 7.9f, 3.9f));
    cr_expect_not(mp_tile_map_solid_at(map, 3.9f, 0));
    cr_expect_not(mp_tile_map_solid_at(map, 8, 0));
    cr_expect_not(mp_tile_map_solid_at(map, 5, 4));
    cr_expect_not(mp_tile_map_solid_at(map, -1, -1));
    cr_expect_not(mp_tile_map_solid_at(map, NAN, 1e30f));
    ground->x = 4;
    cr_expect_not(mp_tile_map_solid_at(map, 4, 0));
    cr_expect(mp_tile_map_solid_at(map, 8, 0));
    cr_expect(mp_tile_layer_set(ground, 3, 2, 2, MP_TILE_FLIP_ACROSS));
    cr_expect(mp_tile_map_solid_at(map, 12, 4));
    int row;
    cr_expect_eq(mp_tile_map_cell_at(map, 8, 3, &row), 3);
    cr_expect_eq(row, 1);
    cr_expect_eq(mp_tile_map_cell_at(map, -0.5f, NAN, &row), 0);
    cr_expect_eq(row, 0);
}

Test(tile_map, has_properties)
{
    MpTileMap *map = load(MAP);
    cr_expect_eq(mp_tiled_number(&map->tiled, "gravity", 9), 1.5);
    cr_expect_eq(mp_tiled_number(&map->tiled, "wind", 9), 9);
    cr_expect_eq(mp_tiled_flag(&map->tiled, "gravity", true), true);
    cr_expect_str_eq(mp_tiled_text(&map->tiled, "gravity", "none"), "none");
    cr_expect_eq(mp_tile_map_tile_number(map, 2, "damage", 0), 7);
    cr_expect_str_eq(mp_tile_map_tile_text(map, 2, "sound", ""), "ouch");
    cr_expect(mp_tile_map_tile_flag(map, 2, "solid", false));
    cr_expect_not(mp_tile_map_tile_flag(map, 1, "solid", false));
    cr_expect_eq(mp_tile_map_tile_number(map, 99, "damage", -1), -1);
    cr_expect_eq(mp_tile_map_tile_number(map, 0, "damage", -1), -1);
}

static int reload(void)
{
    mp_tile_maps_check(stage.graphics);
    return stage_reload(&stage, NULL, NULL);
}

Test(tile_map, plays_animations)
{
    MpTileMap *map = load(MAP);
    static const struct {
        float seconds;
        unsigned color;
    } steps[] = {{0, 0xFFFF00},     {0.09f, 0xFFFF00}, {0.02f, 0xFF00FF},
                 {0.05f, 0xFFFF00}, {15, 0xFFFF00},    {0.1f, 0xFF00FF}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        mp_tile_map_update(map, steps[i].seconds);
        draw(map, 0, 0);
        cr_expect_eq(stage_pixel(&stage, 7, 7), steps[i].color, "step %zu", i);
    }
    mp_tile_map_update(map, NAN);
    mp_tile_map_update(map, INFINITY);
    write_map(MAP " ");
    cr_expect_eq(reload(), 1);
    draw(map, 0, 0);
    cr_expect_eq(stage_pixel(&stage, 7, 7), 0xFF00FF, "a map that is read again goes on");
}

Test(tile_map, layers_have_opacity_and_offsets_and_an_order)
{
    MpTileMap *map = load(HEAD LAYER(
        "low",
        "1,1,1,1,1,1") ","
                       "{\"type\":\"tilelayer\",\"name\":\"high\",\"opacity\":0.5,\"offsetx\":4,"
                       "\"visible\":false,\"data\":[2,0,0,0,0,0]}]}");
    draw(map, 0, 0);
    cr_expect_eq(stage_pixel(&stage, 7, 3), 0xFF0000);
    MpTileLayer *high = layer_of(map, "high");
    cr_expect(high->opacity == 0.5f && high->x == 4 && !high->visible);
    high->visible = true;
    draw(map, 0, 0);
    cr_expect_eq(stage_pixel(&stage, 3, 3), 0xFF0000);
    cr_expect_eq(stage_pixel(&stage, 7, 3) & 0xF0F0FF, 0x708000, "%x", stage_pixel(&stage, 7, 3));
    layer_of(map, "low")->visible = false;
    draw(map, 0, 0);
    cr_expect_eq(stage_count_lit(&stage), 16);
    int count;
    MpTileLayer *const *layers = mp_tile_map_layers(map, &count);
    cr_assert_eq(count, 2);
    cr_expect_eq(layers[1], high);
}

#define OBJECTS                                                                                    \
    "{\"type\":\"objectgroup\",\"name\":\"things\",\"objects\":["                                  \
    "{\"id\":3,\"name\":\"start\",\"type\":\"spawn\",\"x\":5.5,\"y\":6,\"point\":true,"            \
    "\"properties\":[{\"name\":\"hp\",\"type\":\"int\",\"value\":3}]},"                            \
    "{\"id\":4,\"name\":\"path\",\"x\":1,\"y\":2,\"rotation\":90,\"polyline\":[{\"x\":0,\"y\":0}," \
    "{\"x\":3,\"y\":-4}]},{\"id\":5,\"gid\":2147483650,\"x\":0,\"y\":4,\"width\":4,\"height\":4}]" \
    "}"

Test(tile_map, has_objects)
{
    MpError error;
    int count;
    MpTileMap *map = load(HEAD GROUND "," OBJECTS "]}");
    MpMapObject *const *objects = mp_tile_map_objects(map, "things", &count, &error);
    cr_assert_eq(count, 3);
    cr_expect_eq(objects[0]->shape, MP_MAP_SHAPE_POINT);
    cr_expect_str_eq(objects[0]->kind, "spawn");
    cr_expect_str_eq(objects[0]->layer, "things");
    cr_expect(objects[0]->id == 3 && objects[0]->x == 5.5f && objects[0]->y == 6);
    cr_expect_eq(mp_tiled_number(&objects[0]->tiled, "hp", 0), 3);
    cr_expect_eq(objects[1]->shape, MP_MAP_SHAPE_POLYLINE);
    cr_assert_eq(objects[1]->point_count, 4);
    cr_expect_eq(objects[1]->points[3], -4);
    cr_expect_float_eq(objects[1]->angle, 1.5707963f, 1e-6);
    cr_expect(objects[2]->shape == MP_MAP_SHAPE_TILE && objects[2]->tile == 2);
    cr_expect_eq(mp_tile_map_object(map, "path"), objects[1]);
    cr_expect_null(mp_tile_map_object(map, "nobody"));
    mp_tile_map_objects(map, NULL, &count, &error);
    cr_expect_eq(count, 3);
    cr_expect_null(mp_tile_map_objects(map, "ground", &count, &error));
    cr_expect_eq(error.status, MP_INVALID);
}
