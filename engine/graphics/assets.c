#include "graphics.gen.h"

#include "atlas.gen.h"
#include "font.gen.h"
#include "graphics/batch.h"
#include "graphics/png.h"
#include "graphics/typeface.h"
#include "texture.gen.h"

#include <SDL_surface.h>
#include <stdlib.h>
#include <string.h>

/* ---- textures ----------------------------------------------------------------------------- */

static bool decode_picture(void *owner, const char *path, MpAssetFile *file, void **decoded,
                           MpError *error)
{
    (void)owner;
    *decoded = mp_png_decode(file, path, MP_TEXTURE_SIZE_LIMIT, error);
    return *decoded != NULL;
}

static bool swap_picture(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file;
    MpGraphics *self = asset->owner;
    MpTexture *texture = asset->object;
    if (texture->handle)
        mp_batch_flush(self->batch); /* what is drawn with the old one */
    return mp_texture_set(texture, decoded, mp_window_renderer(self->window), error);
}

static void discard_picture(void *owner, void *decoded)
{
    (void)owner;
    SDL_FreeSurface(decoded);
}

static const MpAssetKind picture_kind = {
    .limit = MP_TEXTURE_FILE_LIMIT,
    .decode = decode_picture,
    .swap = swap_picture,
    .discard = discard_picture,
};

static MpTexture *create_texture(MpGraphics *self, const char *path, MpError *error)
{
    MpTexture *texture = calloc(1, sizeof *texture);
    if (!texture) {
        mp_error_set(error, MP_MEMORY, "no memory for the texture '%s'", path);
        return NULL;
    }
    if (!mp_asset_load(self->assets, &texture->asset, &picture_kind, texture, self, path, error)) {
        mp_texture_destroy(texture);
        return NULL;
    }
    mp_object_init(&texture->object, &mp_class_MpTexture);
    texture->next = self->textures;
    return self->textures = texture;
}

MpTexture *MP_NATIVE(mp_graphics_load_texture)(MpGraphics *self, const char *path, MpError *error)
{
    for (MpTexture *texture = self->textures; texture; texture = texture->next) {
        if (strcmp(texture->asset.path, path) == 0)
            return texture;
    }
    return create_texture(self, path, error);
}

/* ---- bitmap fonts ------------------------------------------------------------------------- */

static bool decode_list(void *owner, const char *path, MpAssetFile *file, void **decoded,
                        MpError *error)
{
    (void)owner;
    MpFontList *list = calloc(1, sizeof *list);
    if (!list)
        mp_error_set(error, MP_MEMORY, "no memory for the font '%s'", path);
    if (!list || !mp_font_list_parse(file->bytes, path, list, error)) {
        free(list);
        return false;
    }
    *decoded = list;
    return true;
}

static void discard_list(void *owner, void *decoded)
{
    (void)owner;
    mp_font_list_finish(decoded);
    free(decoded);
}

static bool check_glyphs(const MpFontList *list, const MpTexture *texture, const char *path,
                         MpError *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const MpGlyph *glyph = &list->glyphs[i];
        if (glyph->x + glyph->width > texture->width ||
            glyph->y + glyph->height > texture->height) {
            mp_error_set(error, MP_FORMAT, "'%s': the glyph of code point %u lies outside of '%s'",
                         path, glyph->point, texture->asset.path);
            return false;
        }
    }
    return true;
}

static bool swap_list(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file;
    MpFontList *list = decoded;
    MpTexture *texture = mp_graphics_load_texture(asset->owner, list->image, error);
    /* The list is good and will not change when its picture comes. */
    if (!texture)
        mp_asset_try_again(asset);
    bool fits = texture && check_glyphs(list, texture, asset->path, error);
    if (fits)
        mp_font_set(asset->object, list, texture);
    discard_list(NULL, list);
    return fits;
}

static const MpAssetKind list_kind = {
    .limit = MP_FONT_FILE_LIMIT,
    .decode = decode_list,
    .swap = swap_list,
    .discard = discard_list,
    .is_last = true,
};

/* ---- TrueType fonts ----------------------------------------------------------------------- */

/* The library is for one thread, and takes its time only when glyphs are painted: to open a font of
   0.7 MB takes 0.02 ms, one of 4 MB as the very first 0.3 ms. */
static bool swap_face(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)decoded;
    MpFont *font = asset->object;
    MpBatch *batch = ((MpGraphics *)asset->owner)->batch;
    if (font->face)
        mp_batch_flush(batch);
    MpTypeface *face = mp_typeface_open(file, asset->path, font->size, batch, error);
    if (face)
        mp_font_set_face(font, face);
    return face != NULL;
}

static const MpAssetKind face_kind = {.limit = MP_TYPEFACE_FILE_LIMIT, .swap = swap_face};

static MpFont *create_font(MpGraphics *self, const char *path, int size, MpError *error)
{
    MpFont *font = calloc(1, sizeof *font);
    if (!font) {
        mp_error_set(error, MP_MEMORY, "no memory for the font '%s'", path);
        return NULL;
    }
    font->size = size;
    font->line_height = 1;
    const MpAssetKind *kind = size ? &face_kind : &list_kind;
    if (!mp_asset_load(self->assets, &font->asset, kind, font, self, path, error)) {
        mp_font_destroy(font);
        return NULL;
    }
    mp_object_init(&font->object, &mp_class_MpFont);
    font->next = self->fonts;
    return self->fonts = font;
}

static MpFont *get_font(MpGraphics *self, const char *path, int size, MpError *error)
{
    for (MpFont *font = self->fonts; font; font = font->next) {
        if (font->size == size && strcmp(font->asset.path, path) == 0)
            return font;
    }
    return create_font(self, path, size, error);
}

MpFont *MP_NATIVE(mp_graphics_load_font)(MpGraphics *self, const char *path, MpError *error)
{
    return get_font(self, path, 0, error);
}

MpFont *MP_NATIVE(mp_graphics_load_truetype)(MpGraphics *self, const char *path, int size,
                                             MpError *error)
{
    if (size >= MP_TYPEFACE_SMALLEST && size <= MP_TYPEFACE_LARGEST)
        return get_font(self, path, size, error);
    mp_error_set(error, MP_INVALID, "size: %d to %d pixels expected, got %d", MP_TYPEFACE_SMALLEST,
                 MP_TYPEFACE_LARGEST, size);
    return NULL;
}

/* ---- atlases ------------------------------------------------------------------------------ */

static bool decode_atlas(void *owner, const char *path, MpAssetFile *file, void **decoded,
                         MpError *error)
{
    (void)owner;
    MpAtlasList *list = calloc(1, sizeof *list);
    if (!list)
        mp_error_set(error, MP_MEMORY, "no memory for the atlas '%s'", path);
    if (!list || !mp_atlas_list_parse(file->bytes, file->size, path, list, error)) {
        free(list);
        return false;
    }
    *decoded = list;
    return true;
}

static void discard_atlas(void *owner, void *decoded)
{
    (void)owner;
    mp_atlas_list_finish(decoded);
    free(decoded);
}

static bool swap_atlas(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file;
    MpAtlasList *list = decoded;
    MpTexture *texture = mp_graphics_load_texture(asset->owner, list->image, error);
    /* The list is good, and will not change when its picture comes, or fits. */
    bool fits = texture && mp_atlas_set(asset->object, list, texture, error);
    if (!fits)
        mp_asset_try_again(asset);
    discard_atlas(NULL, list);
    return fits;
}

static const MpAssetKind atlas_kind = {
    .limit = MP_ATLAS_FILE_LIMIT,
    .decode = decode_atlas,
    .swap = swap_atlas,
    .discard = discard_atlas,
    .is_last = true,
};

static MpAtlas *create_atlas(MpGraphics *self, const char *path, MpError *error)
{
    MpAtlas *atlas = calloc(1, sizeof *atlas);
    if (!atlas) {
        mp_error_set(error, MP_MEMORY, "no memory for the atlas '%s'", path);
        return NULL;
    }
    if (!mp_asset_load(self->assets, &atlas->asset, &atlas_kind, atlas, self, path, error)) {
        mp_atlas_destroy(atlas);
        return NULL;
    }
    mp_object_init(&atlas->object, &mp_class_MpAtlas);
    atlas->next = self->atlases;
    return self->atlases = atlas;
}

MpAtlas *MP_NATIVE(mp_graphics_load_atlas)(MpGraphics *self, const char *path, MpError *error)
{
    for (MpAtlas *atlas = self->atlases; atlas; atlas = atlas->next) {
        if (strcmp(atlas->asset.path, path) == 0)
            return atlas;
    }
    return create_atlas(self, path, error);
}
