#include "graphics/font.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reader is, for messages. */
typedef struct Reader {
    const char *path;
    int line;
    size_t capacity;
    MpFontList *list;
    MpError *error;
} Reader;

static bool fail(Reader *reader, MpStatus status, const char *why)
{
    mp_error_set(reader->error, status, "%s:%d: %s", reader->path, reader->line, why);
    return false;
}

/* Up to `limit` numbers of 0 to INT_MAX between blanks; -1 when there is anything else. */
static int read_numbers(const char *text, long *numbers, int limit)
{
    int count = 0;
    for (text += strspn(text, " \t\r"); *text; text += strspn(text, " \t\r")) {
        char *end;
        long number = strtol(text, &end, 10);
        if (end == text || !strchr(" \t\r", *end) || number < 0 || number > INT_MAX ||
            count == limit)
            return -1;
        numbers[count++] = number;
        text = end;
    }
    return count;
}

static bool read_size(Reader *reader, const char *text, int *size)
{
    long number;
    if (read_numbers(text, &number, 1) != 1 || number > MP_TEXTURE_SIZE_LIMIT)
        return fail(reader, MP_FORMAT, "one number of pixels is expected");
    *size = (int)number;
    return true;
}

static bool read_image(Reader *reader, char *name)
{
    size_t length = strlen(name);
    while (length && strchr(" \t\r", name[length - 1]))
        name[--length] = '\0';
    if (!*name || strchr(name, '/'))
        return fail(reader, MP_FORMAT, "the name of a picture in the same folder is expected");
    const char *slash = strrchr(reader->path, '/');
    int folder = slash ? (int)(slash - reader->path) + 1 : 0;
    size_t size = (size_t)folder + length + 1;
    char *image = malloc(size);
    if (!image)
        return fail(reader, MP_MEMORY, "no memory");
    snprintf(image, size, "%.*s%s", folder, reader->path, name);
    free(reader->list->image);
    reader->list->image = image;
    return true;
}

static bool make_room(Reader *reader)
{
    MpFontList *list = reader->list;
    if (list->count < reader->capacity)
        return true;
    if (list->count == MP_FONT_GLYPH_LIMIT)
        return fail(reader, MP_LIMIT, "too many glyphs");
    size_t capacity = reader->capacity ? reader->capacity * 2 : 128;
    MpGlyph *glyphs = realloc(list->glyphs, capacity * sizeof *glyphs);
    if (!glyphs)
        return fail(reader, MP_MEMORY, "no memory");
    list->glyphs = glyphs;
    reader->capacity = capacity;
    return true;
}

static bool read_glyph(Reader *reader, const char *line)
{
    long n[6];
    if (read_numbers(line, n, 6) != 6)
        return fail(reader, MP_FORMAT,
                    "a glyph's six numbers are expected: code point, x, y, width, height, advance");
    for (int i = 1; i < 6; i++) {
        if (n[i] > MP_TEXTURE_SIZE_LIMIT)
            return fail(reader, MP_FORMAT, "a number is larger than any picture");
    }
    if (n[0] == 0 || n[0] > 0x10FFFF)
        return fail(reader, MP_FORMAT, "no character has that code point");
    if (!make_room(reader))
        return false;
    reader->list->glyphs[reader->list->count++] = (MpGlyph){
        .point = (uint32_t)n[0],
        .x = (int)n[1],
        .y = (int)n[2],
        .width = (int)n[3],
        .height = (int)n[4],
        .advance = (int)n[5],
    };
    return true;
}

/* What follows `word` and a blank, or NULL if the line starts with another word. */
static char *after(char *line, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(line, word, length) != 0 || !strchr(" \t", line[length]) || !line[length])
        return NULL;
    return line + length + strspn(line + length, " \t");
}

static bool read_line(Reader *reader, char *line)
{
    line[strcspn(line, "#")] = '\0';
    line += strspn(line, " \t\r");
    char *rest;
    if (!*line)
        return true;
    if ((rest = after(line, "image")))
        return read_image(reader, rest);
    if ((rest = after(line, "height")))
        return read_size(reader, rest, &reader->list->height);
    if ((rest = after(line, "baseline")))
        return read_size(reader, rest, &reader->list->baseline);
    return read_glyph(reader, line);
}

static bool read_lines(Reader *reader, const char *text)
{
    while (*text) {
        char line[MP_FONT_LINE_LIMIT];
        size_t length = strcspn(text, "\n");
        reader->line++;
        if (length >= sizeof line)
            return fail(reader, MP_LIMIT, "the line is too long");
        memcpy(line, text, length);
        line[length] = '\0';
        if (!read_line(reader, line))
            return false;
        text += length + (text[length] == '\n');
    }
    return true;
}

static int compare_points(const void *a, const void *b)
{
    const MpGlyph *first = a, *second = b;
    return (first->point > second->point) - (first->point < second->point);
}

static bool check_whole(Reader *reader)
{
    MpFontList *list = reader->list;
    if (!list->image || list->height == 0 || list->count == 0)
        return fail(reader, MP_FORMAT, "an image, a height and at least one glyph are needed");
    qsort(list->glyphs, list->count, sizeof list->glyphs[0], compare_points);
    for (size_t i = 1; i < list->count; i++) {
        if (list->glyphs[i - 1].point == list->glyphs[i].point) {
            mp_error_set(reader->error, MP_FORMAT, "%s: code point %u is there twice", reader->path,
                         list->glyphs[i].point);
            return false;
        }
    }
    return true;
}

bool mp_font_list_parse(const char *text, const char *path, MpFontList *list, MpError *error)
{
    MpFontList fresh = {0};
    Reader reader = {.path = path, .list = &fresh, .error = error};
    if (!read_lines(&reader, text) || !check_whole(&reader)) {
        mp_font_list_finish(&fresh);
        return false;
    }
    *list = fresh;
    return true;
}

void mp_font_list_finish(MpFontList *list)
{
    free(list->image);
    free(list->glyphs);
    *list = (MpFontList){0};
}
