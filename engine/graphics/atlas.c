#include "atlas.gen.h"

#include "graphics/pen.h"
#include "log/log.h"
#include "text/nearest.h"

#include <stdlib.h>
#include <string.h>

static void destroy_frame(MpFrame *frame)
{
    mp_object_finish(&frame->object);
    free((char *)frame->name);
    free(frame);
}

void mp_atlas_destroy(MpAtlas *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    mp_asset_finish(&self->asset);
    for (int i = 0; i < self->known; i++)
        destroy_frame(self->frames[i]);
    free(self->frames);
    free(self);
}

static bool check_fit(const MpAtlas *self, const MpAtlasList *list, const MpTexture *texture,
                      MpError *error)
{
    for (int i = 0; i < list->count; i++) {
        const MpRect *part = &list->frames[i]->source;
        if (part->x + part->width > (float)texture->width ||
            part->y + part->height > (float)texture->height) {
            mp_error_set(error, MP_FORMAT, "'%s': frame '%s' lies outside of '%s'",
                         self->asset.path, list->frames[i]->name, texture->asset.path);
            return false;
        }
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(MpFrame *const *)a)->name, (*(MpFrame *const *)b)->name);
}

/* Scripts may hold the frame of that name: it gets what the new one has. */
static MpFrame *become(MpFrame *old, MpFrame *fresh)
{
    MpFrame content = *fresh;
    content.object = old->object;
    content.name = old->name;
    *old = content;
    free((char *)fresh->name);
    free(fresh);
    return old;
}

/* The frame stays, for those who hold it. */
static void disappear(MpFrame *frame)
{
    frame->source = (MpRect){0};
    frame->width = frame->height = 0;
    frame->is_listed = false;
}

/* Fills `frames`, which has room for all, with the list's in its order, and then with those that it
   has no longer; returns how many there are. Leaves the list empty. */
static int merge(MpAtlas *self, MpAtlasList *list, MpFrame **frames)
{
    MpFrame **old = self->frames;
    int count = 0;
    if (old)
        qsort(old, (size_t)self->known, sizeof *old, compare_names);
    for (int i = 0; i < self->known; i++)
        disappear(old[i]);
    for (int i = 0; i < list->count; i++) {
        MpFrame *fresh = list->frames[i];
        MpFrame **known =
            old ? bsearch(&fresh, old, (size_t)self->known, sizeof *old, compare_names) : NULL;
        frames[count] = known ? become(*known, fresh) : fresh;
        if (!known)
            mp_object_init(&fresh->object, &mp_class_MpFrame);
        frames[count]->atlas = self;
        frames[count++]->is_listed = true;
    }
    list->count = 0;
    for (int i = 0; i < self->known; i++) {
        if (!old[i]->is_listed)
            frames[count++] = old[i];
    }
    return count;
}

bool mp_atlas_set(MpAtlas *self, MpAtlasList *list, MpTexture *texture, MpError *error)
{
    if (!check_fit(self, list, texture, error))
        return false;
    MpFrame **frames = calloc((size_t)self->known + (size_t)list->count, sizeof(MpFrame *));
    if (!frames) {
        mp_error_set(error, MP_MEMORY, "no memory for the atlas '%s'", self->asset.path);
        return false;
    }
    self->count = list->count;
    self->known = merge(self, list, frames);
    free(self->frames);
    self->frames = frames;
    self->texture = texture;
    return true;
}

/* The listed name that is most like `name`; NULL: none is. */
static const char *nearest_name(const MpAtlas *self, const char *name)
{
    const char **names = calloc((size_t)self->count + 1, sizeof *names);
    for (int i = 0; names && i < self->count; i++)
        names[i] = self->frames[i]->name;
    const char *nearest = names ? mp_text_nearest(name, names) : NULL;
    free(names);
    return nearest;
}

void mp_frame_miss(MpFrame *self)
{
    if (self->is_missed)
        return;
    self->is_missed = true;
    const char *nearest = nearest_name(self->atlas, self->name);
    mp_log_warning("%s has no frame '%s' any more, which is drawn: nothing is seen of it%s%s%s",
                   self->atlas->asset.path, self->name, nearest ? "; did you mean '" : "",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

MpFrame *MP_NATIVE(mp_atlas_frame)(const MpAtlas *self, const char *name, MpError *error)
{
    for (int i = 0; i < self->count; i++) {
        if (strcmp(self->frames[i]->name, name) == 0)
            return self->frames[i];
    }
    mp_error_set(error, MP_INVALID, "'%s' has no frame '%s'", self->asset.path, name);
    return NULL;
}

MpFrame *MP_NATIVE(mp_atlas_at)(const MpAtlas *self, int number)
{
    return number >= 1 && number <= self->count ? self->frames[number - 1] : NULL;
}

const char *MP_NATIVE(mp_atlas_get_source)(const MpAtlas *self) { return self->asset.source; }

void MP_NATIVE(mp_frame_draw)(const MpFrame *self, MpGraphics *graphics, float x, float y,
                              float angle, float scale_x, float scale_y)
{
    if (!self->is_listed) {
        mp_frame_miss((MpFrame *)(uintptr_t)self); /* drawing changes nothing else of it */
        return;
    }
    const MpPlacement place = {
        x, y, angle, scale_x, scale_y, self->pivot_x - self->left, self->pivot_y - self->top};
    mp_pen_region(graphics, self->atlas->texture, self->source, &place);
}
