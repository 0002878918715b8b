#include "platform.h"

#include "share.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool mp_platform_is_terminal(FILE *stream) { return isatty(fileno(stream)); }

bool mp_platform_has_process(int64_t process)
{
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM);
}

void mp_platform_become(const char *name, const char *other, char **words, MpError *error)
{
    char *beside = mp_cli_beside(name);
    if (beside)
        execv(beside, words);
    execv(other, words);
    mp_error_set(error, MP_NOT_FOUND, "cannot start '%s': %s", beside ? beside : name,
                 strerror(errno));
    free(beside);
}

bool mp_platform_make_folder(const char *path, MpError *error)
{
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno == EEXIST)
        mp_error_set(error, MP_REFUSED, "'%s' is there already; nothing was changed", path);
    else
        mp_error_set(error, MP_IO, "cannot make the folder '%s': %s", path, strerror(errno));
    return false;
}
