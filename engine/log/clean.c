#include "log/clean.h"

#include "text/utf8.h"

#include <stdbool.h>
#include <string.h>

/* C0, DEL and C1 steer terminals; the two ranges of marks turn the direction of text. */
static bool is_unprintable(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == MP_UTF8_REPLACEMENT ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static size_t length_without_breaks(const char *text)
{
    size_t length = strlen(text);
    while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    return length;
}

void mp_log_clean(char *clean, size_t size, const char *text)
{
    static const char ellipsis[] = "...";
    const char *end = text + length_without_breaks(text);
    size_t room = size - sizeof ellipsis;
    size_t length = 0;
    while (text < end) {
        const char *from = text;
        uint32_t point = mp_utf8_next(&text);
        const char *piece = from;
        size_t piece_length = (size_t)(text - from);
        if (point == '\n') {
            piece = "\n    ";
            piece_length = 5;
        } else if (point == '\t') {
            piece = "    ";
            piece_length = 4;
        } else if (is_unprintable(point)) {
            piece = "?";
            piece_length = 1;
        }
        if (length + piece_length > room) {
            memcpy(clean + length, ellipsis, sizeof ellipsis);
            return;
        }
        memcpy(clean + length, piece, piece_length);
        length += piece_length;
    }
    clean[length] = '\0';
}
