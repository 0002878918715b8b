#include "share.h"

#include "file/file.h"
#include "file/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

char *mp_cli_beside(const char *name)
{
    char program[PATH_MAX];
    size_t size = sizeof program;
    if (uv_exepath(program, &size) != 0)
        return NULL;
    *strrchr(program, '/') = '\0';
    return mp_path_join(program, name);
}

char *mp_cli_share(void)
{
    char *beside = mp_cli_beside("../share/moonpatch");
    char *installed = beside && mp_file_is_directory(beside) ? realpath(beside, NULL) : NULL;
    free(beside);
    return installed ? installed : strdup(MP_SHARE_IN_TREE);
}
