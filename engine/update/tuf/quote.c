#include "update/tuf/quote.h"

#include <stdlib.h>
#include <string.h>

static const char unreserved[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

char *mp_tuf_quote(const char *text, const char *safe)
{
    static const char digits[] = "0123456789ABCDEF";
    char *quoted = malloc(3 * strlen(text) + 1), *end = quoted;
    if (!quoted)
        return NULL;
    for (const char *c = text; *c; c++) {
        if (strchr(unreserved, *c) || strchr(safe, *c)) {
            *end++ = *c;
            continue;
        }
        *end++ = '%';
        *end++ = digits[(unsigned char)*c >> 4];
        *end++ = digits[(unsigned char)*c & 15];
    }
    *end = '\0';
    return quoted;
}
