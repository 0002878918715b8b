#include "machine.h"

#include <luajit.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* The processor's name as Linux tells it; elsewhere only its kind is known. */
static void read_processor(char *name, size_t size, const char *otherwise)
{
    snprintf(name, size, "%s", otherwise);
    FILE *file = fopen("/proc/cpuinfo", "r");
    if (!file)
        return;
    char line[256];
    while (fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || !colon)
            continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(name, size, "%s", colon + 2);
        break;
    }
    fclose(file);
}

void machine_describe(char *text, size_t size)
{
    struct utsname system = {.sysname = "unknown"};
    uname(&system);
    char processor[128];
    read_processor(processor, sizeof processor, system.machine);
    snprintf(text, size, "%s, %ld cores, %s, %s, %s", processor, sysconf(_SC_NPROCESSORS_ONLN),
             LUAJIT_VERSION, COMPILER, system.sysname);
}
