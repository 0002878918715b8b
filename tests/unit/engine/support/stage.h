/*
 * support/stage.h - a headless window of 64 x 64 with graphics, and files it draws.
 */
#ifndef TEST_STAGE_H
#define TEST_STAGE_H

#include "graphics/graphics.h"
#include "support/scratch.h"

enum { STAGE_SIZE = 64 };

typedef struct Stage {
    Scratch scratch; /**< Mounted at the top. */
    MpVfs *vfs;
    MpAssets *assets;
    MpWindow *window;
    MpGraphics *graphics;
    uint8_t *pixels; /**< What stage_finish_frame took: red, green, blue, alpha. */
} Stage;

void stage_init(Stage *stage);
void stage_finish(Stage *stage);

/** The colour of the pixel x, y: 0xAARRGGBB. */
typedef uint32_t StagePaint(int x, int y);

/** Writes a PNG. */
void stage_write_picture(Stage *stage, const char *name, int width, int height, StagePaint *paint);

/** Writes a PNG and loads it. */
MpTexture *stage_load(Stage *stage, const char *name, int width, int height, StagePaint *paint);

/** Loads again what changed, and waits for it. Returns how many were replaced. */
int stage_reload(Stage *stage, MpAssetHear *hear, void *user);

/** Starts a black frame. */
void stage_begin_frame(Stage *stage);

/** Ends it and takes its pixels. */
void stage_finish_frame(Stage *stage);

/** 0xRRGGBB of a pixel of the last frame. */
unsigned stage_pixel(const Stage *stage, int x, int y);

/** How many pixels of the last frame are not black. */
int stage_count_lit(const Stage *stage);

/** A picture in which no two pixels are alike. */
uint32_t stage_paint_noise(int x, int y);

uint32_t stage_paint_white(int x, int y);

#endif
