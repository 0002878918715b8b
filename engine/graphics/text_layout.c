#include "graphics/text_layout.h"

#include "text/utf8.h"

enum { TAB_SPACES = 4 };

bool mp_text_is_blank(uint32_t point) { return point == ' ' || point == '\t' || point == 0x3000; }

MpTextWalk mp_text_walk_line(const MpFont *font, const MpTextLine *line)
{
    return (MpTextWalk){.font = font, .at = line->text, .end = line->end};
}

/* The end of a line is '\n' or "\r\n". */
static uint32_t next_point(MpTextWalk *walk)
{
    while (*walk->at == '\r')
        walk->at++;
    return walk->end && walk->at >= walk->end ? 0 : mp_utf8_next(&walk->at);
}

static int width_of(const MpTextWalk *walk)
{
    const bool is_tab = walk->point == '\t';
    const MpGlyph *glyph = is_tab ? mp_font_glyph(walk->font, ' ') : walk->glyph;
    int width = (glyph ? glyph->advance : 0) * (is_tab ? TAB_SPACES : 1);
    return walk->left < INT_MAX / 2 ? width : 0;
}

bool mp_text_walk(MpTextWalk *walk)
{
    uint32_t before = walk->point;
    walk->point = next_point(walk);
    if (walk->point == 0)
        return false;
    bool is_shown = walk->point != '\n' && walk->point != '\t';
    int kerning = is_shown && before ? mp_font_kerning(walk->font, before, walk->point) : 0;
    walk->glyph = is_shown ? mp_font_glyph(walk->font, walk->point) : NULL;
    walk->left = walk->right + kerning > 0 ? walk->right + kerning : 0;
    walk->right = walk->left + width_of(walk);
    return true;
}

/* ---- lines -------------------------------------------------------------------------------- */

/* A place where a line may end, and how the next one begins. */
typedef struct Break {
    const char *end;
    const char *next;
    int width;
    int gaps;
} Break;

static bool end_line(MpTextLine *line, const Break *at, const char **rest)
{
    line->end = at->end;
    line->width = at->width;
    line->gaps = at->gaps;
    *rest = at->next;
    return true;
}

/* The blanks at its end hang over, unless nothing limits the line: there they are what was asked
   for. */
static bool end_paragraph(MpTextLine *line, const Break *here, const Break *blanks,
                          const char **rest)
{
    bool hangs = blanks->end && blanks->next == here->end;
    Break at = hangs ? *blanks : *here;
    at.next = here->next;
    return end_line(line, &at, rest);
}

bool mp_text_next_line(const MpFont *font, int limit, const char **rest, MpTextLine *line)
{
    if (!*rest)
        return false;
    MpTextWalk walk = {.font = font, .at = *rest};
    Break here = {.end = walk.at}, blanks = {0};
    *line = (MpTextLine){.text = walk.at};
    while (mp_text_walk(&walk)) {
        if (walk.point == '\n') {
            here.next = walk.at;
            return end_paragraph(line, &here, &blanks, rest);
        }
        bool is_blank = mp_text_is_blank(walk.point) && limit != MP_TEXT_UNLIMITED;
        if (!is_blank && walk.right > limit && here.end > line->text) {
            line->goes_on = true;
            here.next = here.end;
            return end_line(line, blanks.end > line->text ? &blanks : &here, rest);
        }
        if (is_blank && (!blanks.end || blanks.next != here.end))
            blanks = here;
        here = (Break){walk.at, NULL, walk.right, here.gaps + is_blank};
        if (is_blank)
            blanks.next = walk.at;
    }
    return end_paragraph(line, &here, &blanks, rest);
}
