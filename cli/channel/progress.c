#include "channel/progress.h"

#include "platform.h"

#include <stdio.h>

void mp_progress(const char *what, size_t done, size_t all)
{
    if (!mp_platform_is_terminal(stderr))
        return;
    if (done < all)
        fprintf(stderr, "\r%s %zu of %zu\033[K", what, done, all);
    else
        fputs("\r\033[K", stderr);
}
