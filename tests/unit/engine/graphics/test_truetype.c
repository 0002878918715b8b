#include "graphics/glyph_sheet.h"
#include "graphics/typeface.h"
#include "support/stage.h"
#include "text/utf8.h"

#include <SDL_events.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Stage stage;

static void copy(const char *from, const char *name, size_t limit)
{
    enum { ROOM = 4 << 20 };
    FILE *file = fopen(from, "rb");
    char *data = malloc(ROOM);
    cr_assert(file && data, "%s: package fonts-dejavu-core has it", from);
    size_t size = fread(data, 1, limit < ROOM ? limit : ROOM, file);
    scratch_write(&stage.scratch, name, data, size);
    fclose(file);
    free(data);
}

static void init(void)
{
    stage_init(&stage);
    copy(MP_TEST_FONTS "/DejaVuSans.ttf", "sans.ttf", SIZE_MAX);
}

static void finish(void) { stage_finish(&stage); }

TestSuite(truetype, .init = init, .fini = finish);

static MpFont *load(int size)
{
    MpError error;
    MpFont *font = mp_graphics_load_truetype(stage.graphics, "sans.ttf", size, &error);
    cr_assert(font, "%s", error.message);
    return font;
}

static int width(const MpFont *font, const char *text)
{
    return mp_graphics_text_width(stage.graphics, font, text);
}

/* Returns how many pixels of it are lit. */
static int write(const MpFont *font, const char *text, float x, float y)
{
    stage_begin_frame(&stage);
    mp_graphics_print(stage.graphics, font, text, x, y, 1);
    stage_finish_frame(&stage);
    return stage_count_lit(&stage);
}

Test(truetype, is_one_per_path_and_size)
{
    MpFont *font = load(16);
    cr_expect_eq(load(16), font);
    cr_expect_neq(load(17), font);
    cr_expect_eq(font->size, 16);
    cr_expect(font->baseline > 10 && font->baseline <= 16, "%d", font->baseline);
    cr_expect(font->height > 16 && font->height < 24, "%d", font->height);
}

Test(truetype, stands_on_its_baseline)
{
    MpFont *font = load(20);
    write(font, "H", 10, 8);
    int top = STAGE_SIZE, bottom = 0;
    for (int y = 0; y < STAGE_SIZE; y++) {
        for (int x = 0; x < STAGE_SIZE; x++) {
            if (stage_pixel(&stage, x, y) > 0x808080) {
                top = y < top ? y : top;
                bottom = y + 1;
            }
        }
    }
    cr_expect_eq(bottom, 8 + font->baseline);
    cr_expect(bottom - top >= 14 && bottom - top <= 15, "%d", bottom - top);
}

Test(truetype, shows_ink_that_lies_before_the_pen)
{
    write(load(40), "j", 10, 2);
    int before = 0, stem = 0;
    for (int y = 0; y < STAGE_SIZE; y++) {
        for (int x = 0; x < STAGE_SIZE; x++)
            *(x < 10 ? &before : &stem) += stage_pixel(&stage, x, y) != 0;
    }
    cr_expect(before > 0 && before < stem / 4, "the foot of the letter: %d of %d", before, stem);
}

Test(truetype, kerns_and_measures)
{
    MpFont *font = load(40);
    static const char *const pairs[][3] = {
        {"AV", "A", "V"}, {"To", "T", "o"}, {"AV", "A", "V"}, {"\xC3\x80V", "\xC3\x80", "V"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        cr_expect_lt(width(font, pairs[i][0]), width(font, pairs[i][1]) + width(font, pairs[i][2]),
                     "%s", pairs[i][0]);
    cr_expect_eq(width(font, "HH"), 2 * width(font, "H"));
    cr_expect_eq(width(font, "A\tA"), 2 * width(font, "A") + 4 * width(font, " "));
    cr_expect_lt(width(font, "iii"), width(font, "WWW"));
}

Test(truetype, shows_bad_bytes_and_unknown_characters)
{
    MpFont *font = load(20);
    cr_expect_eq(width(font, "\xFF"), width(font, "\xEF\xBF\xBD"), "U+FFFD, which this font has");
    cr_expect_neq(width(font, "\xFF"), width(font, "?"));
    cr_expect_eq(width(font, "\xF3\xB0\x80\x80"), width(font, "?"), "U+F0000, which it has not");
    cr_expect_gt(write(font, "\xC3\xA4", 5, 5), write(font, "a", 5, 5));
}

Test(truetype, takes_the_colour)
{
    MpFont *font = load(40);
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 0.5f, 0, 1});
    mp_graphics_print(stage.graphics, font, "I", 10, 5, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_pixel(&stage, 10 + width(font, "I") / 2, 30), 0xFF8000);
}

/* Code points from 0x100 on, `count` of them. */
static const char *many(int count)
{
    static char text[8192];
    char *end = text;
    for (int i = 0; i < count; i++) {
        mp_utf8_put(end, 0x100 + (uint32_t)i);
        end += strlen(end);
    }
    return text;
}

Test(truetype, is_one_draw_call_as_soon_as_its_glyphs_are_there)
{
    MpFont *font = load(12);
    const MpTexture *first = mp_typeface_texture(font->face);
    const char *text = many(400);
    for (int frame = 0; frame < 2; frame++) {
        stage_begin_frame(&stage);
        mp_graphics_print_wrapped(stage.graphics, font, text, 0, 0, STAGE_SIZE, MP_ALIGN_LEFT, 1);
        mp_graphics_print(stage.graphics, font, "and more", 0, 0, 1);
        stage_finish_frame(&stage);
    }
    cr_expect_neq(mp_typeface_texture(font->face), first, "the texture must have grown");
    cr_expect_eq(stage.graphics->draw_calls, 1);
    cr_expect_gt(stage.graphics->quads, 20);
}

/* Writes a glyph, then so many that the texture grows or is emptied, and it again: a picture of
   each must be as it was. */
static void expect_same_glyph_after(MpFont *font, const char *others)
{
    int alone = write(font, "\xC3\x86", 0, -8);
    unsigned sample[4] = {stage_pixel(&stage, 9, 20), stage_pixel(&stage, 20, 30),
                          stage_pixel(&stage, 33, 25), stage_pixel(&stage, 41, 38)};
    stage_begin_frame(&stage);
    mp_graphics_print(stage.graphics, font, "\xC3\x86", 0, -8, 1);
    mp_graphics_set_color(stage.graphics, (MpColor){0, 0, 0, 0});
    mp_graphics_print(stage.graphics, font, others, 0, 0, 1);
    stage_finish_frame(&stage);
    cr_expect_eq(stage_count_lit(&stage), alone);
    for (int round = 0; round < 2; round++) {
        cr_expect_eq(stage_pixel(&stage, 9, 20), sample[0]);
        cr_expect_eq(stage_pixel(&stage, 20, 30), sample[1]);
        cr_expect_eq(stage_pixel(&stage, 33, 25), sample[2]);
        cr_expect_eq(stage_pixel(&stage, 41, 38), sample[3]);
        cr_expect_eq(write(font, "\xC3\x86", 0, -8), alone);
    }
}

Test(truetype, survives_that_its_texture_grows)
{
    MpFont *font = load(40);
    const MpTexture *first = mp_typeface_texture(font->face);
    expect_same_glyph_after(font, many(60));
    cr_expect_gt(mp_typeface_texture(font->face)->width, MP_GLYPH_SHEET_FIRST);
    cr_expect_neq(mp_typeface_texture(font->face), first);
}

Test(truetype, empties_its_texture_at_the_limit)
{
    MpFont *large = load(200);
    write(large, many(250), 0, 0);
    MpTexture *full = mp_typeface_texture(large->face);
    cr_expect_eq(full->width, MP_GLYPH_SHEET_LIMIT);
    expect_same_glyph_after(large, many(250));
    cr_expect_eq(mp_typeface_texture(large->face), full);
}

Test(truetype, survives_a_lost_device)
{
    MpFont *font = load(20);
    int lit = write(font, "Moon", 2, 20);
    const struct SDL_Texture *lost = mp_typeface_texture(font->face)->handle;
    mp_graphics_handle_event(stage.graphics, &(SDL_Event){.type = SDL_RENDER_DEVICE_RESET}, NULL,
                             NULL);
    cr_expect_neq(mp_typeface_texture(font->face)->handle, lost);
    cr_expect_eq(write(font, "Moon", 2, 20), lit);
}

Test(truetype, shows_the_file_that_is_there_now)
{
    MpFont *font = load(20);
    int sans = width(font, "iiii"), lit = write(font, "i", 2, 20);
    copy(MP_TEST_FONTS "/DejaVuSansMono.ttf", "sans.ttf", SIZE_MAX);
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 1);
    cr_expect_gt(width(font, "iiii"), sans);
    cr_expect_neq(write(font, "i", 2, 20), lit);
    int mono = width(font, "iiii");
    scratch_write_text(&stage.scratch, "sans.ttf", "not a font");
    cr_expect_eq(stage_reload(&stage, NULL, NULL), 0);
    cr_expect_eq(width(font, "iiii"), mono, "a broken file keeps what was there");
    cr_expect_gt(write(font, "i", 2, 20), 0);
}

Test(truetype, stays_through_a_thousand_reloads)
{
    MpFont *font = load(12);
    for (int i = 0; i < 1000; i++) {
        mp_asset_try_again(&font->asset);
        cr_assert_eq(stage_reload(&stage, NULL, NULL), 1);
        mp_graphics_print(stage.graphics, font, "x", 0, 0, 1);
    }
    cr_expect_gt(write(font, "Moon", 2, 20), 30);
}

static void expect_refusal(const char *name, int size, MpStatus status, const char *why)
{
    MpError error = {0};
    cr_expect_null(mp_graphics_load_truetype(stage.graphics, name, size, &error), "%s", name);
    cr_expect_eq(error.status, status, "%s: %s", name, error.message);
    cr_expect(strstr(error.message, why), "%s: %s", name, error.message);
}

Test(truetype, refuses_what_is_none)
{
    scratch_write_text(&stage.scratch, "text.ttf", "a text");
    scratch_write_text(&stage.scratch, "empty.ttf", "");
    scratch_write(&stage.scratch, "sign.ttf", "\0\1\0\0", 4);
    scratch_write(&stage.scratch, "few.ttf", "\0\1\0\0\0\20\1\0", 8);
    copy(MP_TEST_FONTS "/DejaVuSans.ttf", "cut.ttf", 5000);
    expect_refusal("none.ttf", 16, MP_NOT_FOUND, "none.ttf");
    expect_refusal("text.ttf", 16, MP_FORMAT, "'text.ttf' is not a TrueType or OpenType font");
    expect_refusal("empty.ttf", 16, MP_FORMAT, "'empty.ttf' is not");
    expect_refusal("sign.ttf", 16, MP_FORMAT, "'sign.ttf' is not");
    expect_refusal("few.ttf", 16, MP_FORMAT, "'few.ttf' is a broken font");
    expect_refusal("cut.ttf", 16, MP_FORMAT, "'cut.ttf' is a broken font");
    expect_refusal("sans.ttf", 3, MP_INVALID, "size: 4 to 256 pixels expected, got 3");
    expect_refusal("sans.ttf", 257, MP_INVALID, "got 257");
}

/* The font with one byte in 400 changed, with every seed otherwise: it loads or it does not. */
Test(truetype, takes_damaged_files)
{
    enum { ROOM = 4 << 20, SEEDS = 60 };
    uint8_t *data = malloc(ROOM);
    FILE *file = fopen(MP_TEST_FONTS "/DejaVuSans.ttf", "rb");
    cr_assert(data && file);
    size_t size = fread(data, 1, ROOM, file);
    fclose(file);
    uint32_t chance = 1;
    int loaded = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
        char name[32];
        snprintf(name, sizeof name, "damaged%d.ttf", seed);
        for (size_t at = 512; at < size; at += 1 + (chance >> 16) % 800) {
            chance = chance * 1664525 + 1013904223;
            data[at] = (uint8_t)(chance >> 24);
        }
        scratch_write(&stage.scratch, name, data, size);
        MpFont *font = mp_graphics_load_truetype(stage.graphics, name, 24, NULL);
        if (!font)
            continue;
        loaded++;
        write(font, many(200), 0, 0);
        mp_graphics_text_size(stage.graphics, font, "Moonpatch AV \xC3\xA4 fi ffl", 40);
    }
    cr_expect_gt(loaded, SEEDS / 4);
    free(data);
}
