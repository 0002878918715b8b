/*
 * excerpt.c - an error of scripts as text: the lines where it happened, and the story around them.
 */
#include "app/halt.h"

#include <stdio.h>
#include <string.h>

enum { AROUND = 3, LONGEST_LINE = 120, TAB = 3 };

/* Where line `line` begins; NULL: there are not so many. */
static const char *find_line(const char *text, int line)
{
    for (; line > 1; line--) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return text;
}

/* Appends one line; returns where the next begins, or NULL. */
static const char *append_line(const char *line, char *excerpt, size_t size, size_t *length)
{
    int column = 0;
    for (; *line && *line != '\n'; line++) {
        int width = *line == '\t' ? TAB : *line != '\r';
        bool continues = ((unsigned char)*line & 0xC0) == 0x80;
        if (column >= LONGEST_LINE && !continues)
            break;
        for (int i = 0; i < width && *length + 2 < size; i++)
            excerpt[(*length)++] = *line == '\t' ? ' ' : *line;
        column += continues ? 0 : width;
    }
    const char *end = strchr(line, '\n');
    if (*length + 2 < size)
        excerpt[(*length)++] = '\n';
    return end ? end + 1 : NULL;
}

int mp_excerpt(const char *text, int line, char *excerpt, size_t size)
{
    excerpt[0] = '\0';
    if (line < 1 || !find_line(text, line))
        return 0;
    int first = line > AROUND ? line - AROUND : 1;
    size_t length = 0;
    const char *at = find_line(text, first);
    for (int number = first; at && number <= line + AROUND; number++) {
        if (!*at && number > line) /* behind the last line's end */
            break;
        at = append_line(at, excerpt, size, &length);
    }
    excerpt[length ? length - 1 : 0] = '\0';
    return first;
}

static void append(char *text, size_t size, const char *format, ...) MP_PRINTF(3, 4);

static void append(char *text, size_t size, const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, size - length, format, arguments);
    va_end(arguments);
}

void mp_excerpt_tell(const MpHalt *halt, char *text, size_t size)
{
    text[0] = '\0';
    append(text, size, "%s\n%s", halt->failure.message, halt->where);
    if (halt->failure.source[0])
        append(text, size, ", %s:%d", halt->failure.source, halt->failure.line);
    append(text, size, "\n");
    const char *line = halt->excerpt;
    for (int number = halt->first_line; number && line; number++) {
        const char *end = strchr(line, '\n');
        append(text, size, "%s %4d  %.*s\n", number == halt->failure.line ? ">" : " ", number,
               (int)strcspn(line, "\n"), line);
        line = end ? end + 1 : NULL;
    }
    if (halt->failure.trace[0])
        append(text, size, "calls, innermost first:\n%s", halt->failure.trace);
}
