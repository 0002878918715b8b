#include "platform.h"

#include <unistd.h>

bool mp_platform_is_terminal(FILE *stream) { return isatty(fileno(stream)); }
