/*
 * graphics/canvas.h - a picture that is drawn to, and then drawn itself like any texture.
 *
 *     MpCanvas *map = mp_canvas_new(graphics, 128, 128, &error);
 *     mp_graphics_set_target(graphics, map, &error);
 *     mp_graphics_rectangle_fill(graphics, 10, 10, 20, 20);
 *     mp_graphics_set_target(graphics, NULL, &error);
 *     mp_graphics_draw(graphics, &map->texture, 500, 20, 0, 1, 1, 0, 0);
 *     mp_object_release(&map->texture.object);
 *
 * A new canvas is transparent. What covers it half mixes with that black, and its colours get
 * darker when the canvas is drawn; a canvas with an opaque ground looks as the picture would.
 *
 * Some systems take what was drawn away, when the graphics card is reset for example. The canvas is
 * then transparent again and `lost`: draw it anew.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_CANVAS_H
#define MP_CANVAS_H

#include "graphics/graphics.h"

/** Most pixels of all canvases together: 256 MB. */
enum { MP_CANVAS_PIXEL_LIMIT = 1 << 26 };

/** A picture in memory that can be drawn to, and be drawn itself. */
typedef struct MP_CLASS MP_SHARED MpCanvas {
    MpTexture texture;
    MP_READONLY bool lost;       /**< What was drawn is gone; no longer once it is the target. */
    struct MpGraphics *graphics; /**< NULL once that is gone. */
    struct MpCanvas *next;
} MpCanvas;

/**
 * A transparent canvas. Make it once and not in every frame: its memory is large.
 * Ownership: shared.
 * Errors: MP_INVALID for sides that are not from 1 to 4096 pixels, MP_LIMIT when there are too many
 * canvases, MP_DEVICE, MP_MEMORY.
 */
MP_CONSTRUCTOR MpCanvas *mp_canvas_new(MpGraphics *graphics, int width, int height, MpError *error);

/** Frees it. A canvas that is the target cannot be destroyed by a script. */
MP_DESTRUCTOR void mp_canvas_destroy(MpCanvas *self);

/**
 * What is drawn from here on lands on `canvas`, or on the picture without one. Layers are drawn and
 * end before, and so does the clip; the transform stays. Graphics holds the target until there is
 * another one, at the latest until the frame ends.
 * Errors: MP_DEVICE; the target is then the picture.
 */
MP_METHOD bool mp_graphics_set_target(MpGraphics *self, MP_OPTIONAL MpCanvas *canvas,
                                      MpError *error);

/* ---- for graphics ---------------------------------------------------------------------------- */

/** What mp_graphics_set_target does without patches. */
bool mp_canvas_aim(MpGraphics *graphics, MpCanvas *canvas, MpError *error);

/** The renderer has lost what was drawn: makes it transparent. Errors: MP_DEVICE. */
bool mp_canvas_restore(MpCanvas *self, MpError *error);

/** Graphics ends before its canvases. */
void mp_canvas_orphan(MpCanvas *self);

#endif
