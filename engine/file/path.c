#include "file/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *mp_path_join(const char *directory, const char *name)
{
    size_t length = strlen(directory);
    size_t size = length + strlen(name) + 2;
    const char *slash = length > 0 && directory[length - 1] == '/' ? "" : "/";
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", directory, slash, name);
    return path;
}

const char *mp_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
