/* What maps and tilesets may say, what is refused, and what becomes of a map whose files change. */
#include "graphics/content_json.h"
#include "graphics/tile_map.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static Stage stage;

static void init(void)
{
    stage_init(&stage);
    stage_write_picture(&stage, "tiles.png", 8, 8, stage_paint_white);
    stage_write_picture(&stage, "small.png", 7, 8, stage_paint_white);
}

static void finish(void) { stage_finish(&stage); }

TestSuite(tile_map_files, .init = init, .fini = finish);

#define SIZES     "\"tilewidth\":4,\"tileheight\":4,\"tilecount\":4,\"columns\":2"
#define SET(more) "{\"firstgid\":1,\"name\":\"moon\",\"image\":\"tiles.png\"," SIZES more "}"
#define START                                                                    \
    "{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":2,\"height\":1," \
    "\"tilewidth\":4,\"tileheight\":4"
#define SETS(sets)     START ",\"tilesets\":[" sets "],\"layers\":[]}"
#define LAYERS(layers) START ",\"tilesets\":[" SET("") "],\"layers\":[" layers "]}"
#define CELLS(cells)   "{\"type\":\"tilelayer\",\"name\":\"ground\",\"data\":" cells "}"
#define OBJECT(object) "{\"type\":\"objectgroup\",\"name\":\"things\",\"objects\":[" object "]}"

typedef struct Case {
    const char *text;
    const char *complaint; /* part of the message */
} Case;

static const Case cases[] = {
    {"", "'a.tmj' is not JSON: line 1"},
    {"[1, 2]", "not an object"},
    {"{\"type\":\"map\"}", "only orthogonal maps"},
    {"{\"type\":\"tileset\"}", "not a map"},
    {"{\"type\":\"map\",\"orientation\":\"isometric\"}", "Map Properties > Orientation"},
    {START ",\"infinite\":true}", "untick 'Infinite'"},
    {"{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":2}", "are needed"},
    {"{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":-2}", "from 1 to 4096"},
    {"{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":4097}", "from 1 to 4096"},
    {"{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":2.5}", "whole number"},
    {SETS("{\"firstgid\":1,\"source\":\"moon.tsx\"}"), "is XML"},
    {SETS("{\"firstgid\":1,\"source\":\"moon.tsj\"}"), "moon.tsj"},
    {SETS("{\"firstgid\":1,\"source\":\"../moon.tsj\"}"), "not among the game's files"},
    {SETS("{\"firstgid\":1,\"source\":\"/etc/passwd\"}"), "not among the game's files"},
    {SETS("{\"firstgid\":1,\"name\":\"moon\"}"),
     "'a.tmj': tileset 'moon': it is not of one picture"},
    {SETS("{\"firstgid\":1,\"image\":\"tiles.png\"}"), "'tilewidth' is missing"},
    {SETS("{\"image\":\"tiles.png\"," SIZES "}"), "no 'firstgid'"},
    {SETS("{\"firstgid\":0,\"image\":\"tiles.png\"," SIZES "}"), "'firstgid' is a whole number"},
    {SETS("{\"firstgid\":1048575,\"image\":\"tiles.png\"," SIZES "}"),
     "'firstgid' is a whole number"},
    {SETS("{\"firstgid\":1,\"image\":\"small.png\"," SIZES "}"), "do not fit into 'small.png'"},
    {SETS("{\"firstgid\":1,\"image\":\"none.png\"," SIZES "}"), "none.png"},
    {SETS(SET("") "," SET("")), "overlap"},
    {SETS(SET(",\"margin\":-1")), "'margin'"},
    {SETS(SET(",\"tiles\":[{\"id\":4}]")), "'id' is a whole number from 0 to 3"},
    {SETS(SET(",\"tiles\":[{}]")), "no 'id'"},
    {SETS(SET(",\"tiles\":[{\"id\":0,\"animation\":[{\"tileid\":1}]}]")), "no 'duration'"},
    {SETS(SET(",\"tiles\":[{\"id\":0,\"animation\":[{\"tileid\":9,\"duration\":1}]}]")),
     "'tileid'"},
    {LAYERS(CELLS("\"AQAAAAA=\"")), "layer 'ground': its tiles are base64: in Tiled, Map"},
    {LAYERS("{\"type\":\"tilelayer\"}"), "missing"},
    {LAYERS(CELLS("[1]")), "it has 1 cells, but the map has 2"},
    {LAYERS(CELLS("[1,2,3]")), "it has 3 cells"},
    {LAYERS(CELLS("[1,5]")), "column 2 of row 1 holds what no tileset has"},
    {LAYERS(CELLS("[1,-1]")), "column 2"},
    {LAYERS(CELLS("[1,4294967297]")), "column 2"},
    {LAYERS(CELLS("[\"1\",1]")), "column 1"},
    {LAYERS("{\"type\":\"group\",\"name\":\"sky\"}"), "Ungroup"},
    {LAYERS("{\"type\":\"imagelayer\",\"name\":\"sky\"}"), "of the type 'imagelayer'"},
    {LAYERS("7"), "only layers"},
    {LAYERS(OBJECT("{\"id\":7,\"template\":\"x.tj\"}")), "object 7 is from a template"},
    {LAYERS(OBJECT("{\"id\":7,\"gid\":77}")), "object 7 is a tile that no"},
    {LAYERS(OBJECT("{\"x\":\"left\"}")), "'x' is a number"},
    {LAYERS(OBJECT("{\"x\":1e300}")), "'x' is a number up to"},
    {LAYERS(OBJECT("{\"polygon\":[{\"y\":true}]}")), "'y' is a number"},
};

Test(tile_map_files, are_refused_with_the_way_out)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        MpError error = {.message = ""};
        scratch_write_text(&stage.scratch, "a.tmj", cases[i].text);
        cr_expect_null(mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error), "case %zu", i);
        cr_expect(strstr(error.message, cases[i].complaint), "case %zu: %s", i, error.message);
    }
    MpError error;
    cr_expect_null(mp_graphics_load_tile_map(stage.graphics, "moon.tmx", &error));
    cr_expect(strstr(error.message, "save it as a map file of JSON (.tmj)"), "%s", error.message);
    cr_expect_null(mp_graphics_load_tile_map(stage.graphics, "none.tmj", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
}

Test(tile_map_files, have_limits)
{
    static char text[1 << 18];
    MpError error;
    size_t used = (size_t)snprintf(text, sizeof text, START ",\"tilesets\":[],\"layers\":[");
    for (int i = 0; i <= MP_TILE_MAP_LAYER_LIMIT; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "," : "", CELLS("[0,0]"));
    snprintf(text + used, sizeof text - used, "]}");
    scratch_write_text(&stage.scratch, "a.tmj", text);
    cr_expect_null(mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error));
    cr_expect_eq(error.status, MP_LIMIT, "%s", error.message);
    memset(text, '[', sizeof text - 1);
    scratch_write_text(&stage.scratch, "a.tmj", text);
    cr_expect_null(mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error));
    cr_expect_eq(error.status, MP_FORMAT, "%s", error.message);
}

Test(tile_map_files, name_others_beside_them)
{
    static const struct {
        const char *base, *relative, *path; /* NULL: refused */
    } paths[] = {
        {"assets/maps/a.tmj", "b.tsj", "assets/maps/b.tsj"},
        {"assets/maps/a.tmj", "../images/x.png", "assets/images/x.png"},
        {"assets/maps/a.tmj", "./sub//x.png", "assets/maps/sub/x.png"},
        {"assets/maps/a.tmj", "../../x.png", "x.png"},
        {"assets/maps/a.tmj", "../../../x.png", NULL},
        {"a.tmj", "x.png", "x.png"},
        {"a.tmj", "sub/../x.png", "x.png"},
        {"a.tmj", "../x.png", NULL},
        {"a.tmj", "/x.png", NULL},
        {"a.tmj", "", NULL},
    };
    char path[MP_VFS_PATH_LIMIT + 1], longest[MP_VFS_PATH_LIMIT + 2];
    MpError error;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        bool found = mp_content_resolve(paths[i].base, paths[i].relative, path, &error);
        cr_expect_eq(found, paths[i].path != NULL, "%s", paths[i].relative);
        cr_expect(!found || strcmp(path, paths[i].path) == 0, "%s", path);
    }
    memset(longest, 'x', sizeof longest - 1);
    longest[MP_VFS_PATH_LIMIT + 1] = '\0';
    cr_expect_not(mp_content_resolve("a.tmj", longest, path, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    cr_expect(mp_content_resolve("a.tmj", longest + 1, path, &error));
    cr_expect_not(mp_content_resolve("b/a.tmj", longest + 1, path, &error));
}

static int problems;
static char last_problem[1024];

static void count_problem(void *user, const MpAsset *asset, const MpError *problem)
{
    (void)user;
    if (!problem)
        return;
    problems++;
    snprintf(last_problem, sizeof last_problem, "%s: %s", asset->path, problem->message);
}

static int reload(void)
{
    problems = 0;
    mp_tile_maps_check(stage.graphics);
    return stage_reload(&stage, count_problem, NULL);
}

#define TILES(count, columns)                                                      \
    "{\"name\":\"moon\",\"image\":\"tiles.png\",\"tilewidth\":4,\"tileheight\":4," \
    "\"tilecount\":" count ",\"columns\":" columns "}"
#define USES(layers) \
    START ",\"tilesets\":[{\"firstgid\":1,\"source\":\"moon.tsj\"}],\"layers\":[" layers "]}"

static void write_file(const char *name, const char *text)
{
    scratch_write_text(&stage.scratch, name, text);
}

Test(tile_map_files, keep_map_and_layers_when_they_change)
{
    MpError error;
    MpTileFlip flip;
    write_file("moon.tsj", TILES("4", "2"));
    write_file("a.tmj", USES(CELLS("[1,2]") "," OBJECT("{\"name\":\"door\"}")));
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    MpTileLayer *ground = mp_tile_map_layer(map, "ground", &error);
    size_t alive = mp_object_count();
    mp_tile_layer_set(ground, 1, 1, 4, 0);
    cr_expect_eq(reload(), 0);
    write_file("a.tmj",
               USES(CELLS("[3,0]") ","
                                   "{\"type\":\"tilelayer\",\"name\":\"sky\",\"data\":[0,0]}"));
    cr_expect_eq(reload(), 1);
    cr_expect_eq(map->revision, 2);
    cr_expect_eq(mp_tile_map_layer(map, "ground", &error), ground);
    cr_expect_eq(mp_tile_layer_get(ground, 1, 1, &flip), 3);
    cr_expect_str_eq(ground->name, "ground");
    cr_expect_null(mp_tile_map_object(map, "door"));
    cr_expect_eq(mp_object_count(), alive, "one layer more, one object less");
    write_file("a.tmj", USES(OBJECT("")));
    cr_expect_eq(reload(), 1);
    cr_expect_null(mp_tile_map_layer(map, "ground", &error));
    cr_expect_eq(mp_object_count(), alive - 2);
}

Test(tile_map_files, that_break_leave_the_map_as_it_was)
{
    MpError error;
    MpTileFlip flip;
    write_file("moon.tsj", TILES("4", "2"));
    write_file("a.tmj", USES(CELLS("[1,4]")));
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    MpTileLayer *ground = mp_tile_map_layer(map, "ground", &error);
    write_file("a.tmj", "{ half a file");
    cr_expect_eq(reload(), 0);
    cr_expect_eq(problems, 1);
    cr_expect(strstr(last_problem, "a.tmj: 'a.tmj' is not JSON"), "%s", last_problem);
    cr_expect_eq(reload(), 0);
    cr_expect_eq(problems, 0, "told once");
    cr_expect_eq(mp_tile_layer_get(ground, 2, 1, &flip), 4);
    write_file("a.tmj", USES(CELLS("[1,3]")));
    cr_expect_eq(reload(), 1);
    write_file("moon.tsj", TILES("2", "2"));
    cr_expect_eq(reload(), 0, "a tile is gone that is in use");
    cr_expect_eq(problems, 1);
    cr_expect_eq(mp_tile_layer_get(ground, 2, 1, &flip), 3);
    write_file("moon.tsj", TILES("3 ", "2"));
    cr_expect_eq(reload(), 1);
    cr_expect_eq(map->revision, 3);
}

Test(tile_map_files, are_parsed_by_another_thread_and_swapped_between_frames)
{
    write_file("moon.tsj", TILES("4", "2"));
    write_file("a.tmj", USES(CELLS("[1,2]")));
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", NULL);
    cr_assert(map && map->asset.kind->decode);
    write_file("a.tmj", USES(CELLS("[1,2]")) " ");
    write_file("moon.tsj", TILES("4 ", "2"));
    mp_tile_maps_check(stage.graphics);
    mp_assets_check(stage.assets);
    mp_assets_wait(stage.assets);
    cr_expect_eq(map->revision, 1, "the frame goes on with the old one");
    cr_expect_eq(mp_assets_poll(stage.assets, NULL, NULL), 1);
    cr_expect_eq(map->revision, 2, "once for both files");
}

Test(tile_map_files, wait_for_a_picture_that_is_missing)
{
    MpError error;
    write_file("a.tmj", SETS(SET("")));
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    write_file("a.tmj", SETS("{\"firstgid\":1,\"name\":\"new\",\"image\":\"new.png\"," SIZES "}"));
    cr_expect_eq(reload(), 0);
    cr_expect_eq(problems, 1);
    stage_write_picture(&stage, "new.png", 8, 8, stage_paint_white);
    cr_expect_eq(reload(), 1);
    cr_expect_eq(map->revision, 2);
}

Test(tile_map_files, of_tilesets_take_a_draw_call_each)
{
    MpError error;
    stage_write_picture(&stage, "more.png", 8, 12, stage_paint_white);
    write_file(
        "a.tmj",
        START ",\"tilesets\":[" SET(
            "") ",{\"firstgid\":9,\"name\":\"tall\",\"image\":"
                "\"more.png\",\"tilewidth\":4,\"tileheight\":6,\"tilecount\":4,\"columns\":2,"
                "\"tileoffset\":{\"x\":1,\"y\":-2}}],\"layers\":[" CELLS("[9,1]") "]}");
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    stage_begin_frame(&stage);
    mp_tile_map_draw(map, 20, 20);
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->draw_calls, 2);
    cr_expect_eq(stage_pixel(&stage, 21, 16), 0xFFFFFF, "it stands on its cell, and is moved");
    cr_expect_eq(stage_pixel(&stage, 21, 15), 0);
    cr_expect_eq(stage_pixel(&stage, 20, 18), 0);
    cr_expect_eq(stage_pixel(&stage, 21, 22), 0);
    stage_begin_frame(&stage);
    mp_tile_map_draw(map, 0, STAGE_SIZE + 3);
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->quads, 1, "its head looks in");
}

Test(tile_map_files, that_become_smaller_pictures_draw_what_is_left)
{
    MpError error;
    write_file("a.tmj", LAYERS(CELLS("[1,2]")));
    MpTileMap *map = mp_graphics_load_tile_map(stage.graphics, "a.tmj", &error);
    cr_assert(map, "%s", error.message);
    stage_write_picture(&stage, "tiles.png", 5, 5, stage_paint_white);
    cr_expect_eq(reload(), 1);
    stage_begin_frame(&stage);
    mp_tile_map_draw(map, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->quads, 1);
}
