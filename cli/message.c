#include "message.h"

#include "platform.h"
#include "subcommand.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool mp_cli_coloured(FILE *stream)
{
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return mp_platform_is_terminal(stream) && !(refused && *refused) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

__attribute__((format(printf, 3, 0))) static void
write_line(const char *severity, const char *colour, const char *format, va_list arguments)
{
    bool coloured = mp_cli_coloured(stderr);
    fprintf(stderr, "moonpatch: %s%s:%s ", coloured ? colour : "", severity,
            coloured ? "\033[0m" : "");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

static const char red[] = "\033[1;31m", magenta[] = "\033[1;35m";

int mp_cli_failed(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line("error", red, format, arguments);
    va_end(arguments);
    return MP_EXIT_FINDINGS;
}

int mp_cli_misused(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line("error", red, format, arguments);
    va_end(arguments);
    return MP_EXIT_USAGE;
}

void mp_cli_warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line("warning", magenta, format, arguments);
    va_end(arguments);
}
