#include "platform.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

bool mp_platform_is_terminal(FILE *stream) { return isatty(fileno(stream)); }

bool mp_platform_has_process(int64_t process)
{
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM);
}
