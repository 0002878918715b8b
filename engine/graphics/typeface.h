/*
 * graphics/typeface.h - a TrueType or OpenType file at one size, read by SDL_ttf.
 *
 *     MpTypeface *face = mp_typeface_open(&file, "assets/fonts/x.ttf", 16, batch, &error);
 *     const MpGlyph *glyph = mp_typeface_glyph(face, 'A');
 *     mp_typeface_ink(face, glyph);
 *
 * The file is not trusted: its size, its measures and each picture have limits, and a glyph beyond
 * them shows nothing. Glyphs are read when they are first asked for.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_TYPEFACE_H
#define MP_TYPEFACE_H

#include "graphics/font.h"

struct MpBatch;

/** Sizes, pixels; largest file, bytes; and no measure of a glyph is more than so many sizes. */
enum {
    MP_TYPEFACE_SMALLEST = 4,
    MP_TYPEFACE_LARGEST = 256,
    MP_TYPEFACE_FILE_LIMIT = 32 << 20,
    MP_TYPEFACE_MEASURE_LIMIT = 8,
};

/**
 * `batch` is borrowed and must outlive it; `path` is for messages.
 * Ownership: the caller's, until mp_typeface_destroy; takes the bytes of `file`, also when it
 * fails. Errors: MP_FORMAT when it is no TrueType font; MP_DEVICE; MP_MEMORY.
 */
MpTypeface *mp_typeface_open(MpAssetFile *file, const char *path, int size, struct MpBatch *batch,
                             MpError *error);

/** Takes NULL and half-made ones. */
void mp_typeface_destroy(MpTypeface *self);

/** From line to line, and from a line's top to the foot of its letters, pixels. */
int mp_typeface_height(const MpTypeface *self);
int mp_typeface_baseline(const MpTypeface *self);

/** The glyph of a code point, or NULL. It holds until the next call; its place is not known yet. */
const MpGlyph *mp_typeface_glyph(MpTypeface *self, uint32_t point);

/** By how much the second glyph of a pair moves closer (negative) or away, pixels. */
int mp_typeface_kerning(MpTypeface *self, uint32_t before, uint32_t point);

/** Makes sure that the glyph, one of this typeface, has its place in the texture. */
void mp_typeface_ink(MpTypeface *self, const MpGlyph *glyph);

/** Where the glyphs are: never NULL, and another one after mp_typeface_ink. */
MpTexture *mp_typeface_texture(const MpTypeface *self);

#endif
