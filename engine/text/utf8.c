#include "text/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What a first byte says: how many bytes follow, and the smallest point that needs so many. */
typedef struct Lead {
    int following;
    uint32_t bits;
    uint32_t smallest;
} Lead;

static Lead read_lead(unsigned char byte)
{
    if (byte < 0x80)
        return (Lead){0, byte, 0};
    if (byte >= 0xC2 && byte < 0xE0)
        return (Lead){1, byte & 0x1Fu, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return (Lead){2, byte & 0x0Fu, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return (Lead){3, byte & 0x07u, 0x10000};
    return (Lead){0, MP_UTF8_REPLACEMENT, 0};
}

static int is_scalar(uint32_t point)
{
    return point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
}

uint32_t mp_utf8_next(const char **text)
{
    const unsigned char *bytes = (const unsigned char *)*text;
    if (!*bytes)
        return 0;
    Lead lead = read_lead(*bytes);
    uint32_t point = lead.bits;
    for (int i = 1; i <= lead.following; i++) {
        /* A string that ends here has a zero byte, which is no continuation either. */
        if ((bytes[i] & 0xC0) != 0x80) {
            *text += 1;
            return MP_UTF8_REPLACEMENT;
        }
        point = point << 6 | (bytes[i] & 0x3Fu);
    }
    if (point < lead.smallest || !is_scalar(point)) {
        *text += 1;
        return MP_UTF8_REPLACEMENT;
    }
    *text += 1 + lead.following;
    return point;
}

char *mp_utf8_repair(const char *text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    enum { LONGEST = sizeof replacement - 1 }; /* what one byte may become */
    char *repaired = malloc(strlen(text) * LONGEST + 1);
    char *to = repaired;
    for (const char *from = text; to && *from;) {
        const char *piece = from;
        bool bad = mp_utf8_next(&from) == MP_UTF8_REPLACEMENT;
        size_t length = bad ? LONGEST : (size_t)(from - piece);
        memcpy(to, bad ? replacement : piece, length);
        to += length;
    }
    if (repaired)
        *to = '\0';
    return repaired;
}

void mp_utf8_put(char text[MP_UTF8_LONGEST + 1], uint32_t point)
{
    static const struct {
        uint32_t limit;
        unsigned lead;
    } lengths[MP_UTF8_LONGEST] = {{0x80, 0}, {0x800, 0xC0}, {0x10000, 0xE0}, {0x110000, 0xF0}};
    if (!is_scalar(point))
        point = MP_UTF8_REPLACEMENT;
    int following = 0;
    while (point >= lengths[following].limit)
        following++;
    text[0] = (char)(lengths[following].lead | point >> 6 * following);
    for (int i = 1; i <= following; i++)
        text[i] = (char)(0x80 | (point >> 6 * (following - i) & 0x3F));
    text[following + 1] = '\0';
}
