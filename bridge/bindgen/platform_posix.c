#include "platform.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool mp_platform_program_folder(char *path, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", path, size);
    if (length < 0 || (size_t)length == size)
        return false; /* not Linux, or cut */
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

bool mp_platform_make_folder(const char *path) { return mkdir(path, 0777) == 0 || errno == EEXIST; }

bool mp_platform_stderr_is_terminal(void) { return isatty(STDERR_FILENO); }
