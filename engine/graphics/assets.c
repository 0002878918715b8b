#include "graphics.gen.h"

#include "font.gen.h"
#include "graphics/batch.h"
#include "graphics/tile_map.h"
#include "graphics/typeface.h"

#include <stdlib.h>
#include <string.h>

static MpTexture *find_texture(const MpGraphics *self, const char *path)
{
    for (MpTexture *texture = self->textures; texture; texture = texture->next) {
        if (strcmp(texture->path, path) == 0)
            return texture;
    }
    return NULL;
}

static MpTexture *get_texture(MpGraphics *self, const char *path, MpError *error)
{
    MpTexture *texture = find_texture(self, path);
    if (texture)
        return texture;
    texture = mp_texture_create(self->vfs, path, mp_window_renderer(self->window), error);
    if (texture) {
        texture->next = self->textures;
        self->textures = texture;
    }
    return texture;
}

MpTexture *MP_NATIVE(mp_graphics_load_texture)(MpGraphics *self, const char *path, MpError *error)
{
    return get_texture(self, path, error);
}

static bool check_glyphs(const MpFontList *list, const MpTexture *texture, const char *path,
                         MpError *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const MpGlyph *glyph = &list->glyphs[i];
        if (glyph->x + glyph->width > texture->width ||
            glyph->y + glyph->height > texture->height) {
            mp_error_set(error, MP_FORMAT, "'%s': the glyph of code point %u lies outside of '%s'",
                         path, glyph->point, texture->path);
            return false;
        }
    }
    return true;
}

static bool fill_from_list(MpGraphics *self, MpFont *font, MpError *error)
{
    MpFontList list = {0};
    if (!mp_font_list_load(self->vfs, font->path, &list, error))
        return false;
    MpTexture *texture = get_texture(self, list.image, error);
    /* The list is good and will not change when its picture comes: try again with everything. */
    if (!texture)
        font->loaded = (MpVfsStat){0};
    if (!texture || !check_glyphs(&list, texture, font->path, error)) {
        mp_font_list_finish(&list);
        return false;
    }
    mp_font_set(font, &list, texture);
    return true;
}

/* Also for a font that is loaded already: on failure it keeps what it has. */
static bool fill_font(MpGraphics *self, MpFont *font, MpError *error)
{
    font->loaded = (MpVfsStat){0};
    mp_vfs_stat(self->vfs, font->path, &font->loaded, NULL);
    if (font->size == 0)
        return fill_from_list(self, font, error);
    MpTypeface *face = mp_typeface_load(self->vfs, font->path, font->size, self->batch, error);
    if (face)
        mp_font_set_face(font, face);
    return face != NULL;
}

static MpFont *create_font(MpGraphics *self, const char *path, int size, MpError *error)
{
    MpFont *font = calloc(1, sizeof *font);
    if (!font || !(font->path = strdup(path))) {
        mp_error_set(error, MP_MEMORY, "no memory for the font '%s'", path);
        free(font);
        return NULL;
    }
    font->size = size;
    font->line_height = 1;
    if (!fill_font(self, font, error)) {
        mp_font_destroy(font);
        return NULL;
    }
    mp_object_init(&font->object, &mp_class_MpFont);
    return font;
}

static MpFont *get_font(MpGraphics *self, const char *path, int size, MpError *error)
{
    for (MpFont *font = self->fonts; font; font = font->next) {
        if (font->size == size && strcmp(font->path, path) == 0)
            return font;
    }
    MpFont *font = create_font(self, path, size, error);
    if (font) {
        font->next = self->fonts;
        self->fonts = font;
    }
    return font;
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

static bool is_font_outdated(const MpGraphics *self, const MpFont *font)
{
    MpVfsStat now = {0};
    mp_vfs_stat(self->vfs, font->path, &now, NULL);
    return !mp_vfs_stat_same(&font->loaded, &now);
}

int mp_graphics_reload_changed(MpGraphics *self, MpVfsProblem *problem, void *user)
{
    MpError error;
    int replaced = 0;
    mp_batch_flush(self->batch);
    /* Pictures first: a new list is checked against the new picture. */
    for (MpTexture *texture = self->textures; texture; texture = texture->next) {
        if (!mp_texture_is_outdated(texture, self->vfs))
            continue;
        if (mp_texture_reload(texture, self->vfs, mp_window_renderer(self->window), &error))
            replaced++;
        else if (problem)
            problem(user, texture->path, &error);
    }
    for (MpFont *font = self->fonts; font; font = font->next) {
        if (!is_font_outdated(self, font))
            continue;
        if (fill_font(self, font, &error))
            replaced++;
        else if (problem)
            problem(user, font->path, &error);
    }
    return replaced + mp_tile_maps_reload_changed(self, problem, user);
}
