#include "patches/wire.h"

#include <stdlib.h>
#include <string.h>

/* ---- the game's side of the files --------------------------------------------------------- */

void mp_wire_head(char line[MP_WIRE_LINE], const MpRehearsalFile *file, size_t number)
{
    int length = snprintf(line, MP_WIRE_LINE, "%s %zu %zu %s\n",
                          file->accepted ? "accepted" : "new", number, file->size, file->file);
    if (length < 0 || length >= MP_WIRE_LINE)
        line[0] = '\0';
}

/* ---- the child's -------------------------------------------------------------------------- */

static bool read_file(FILE *stream, MpWireFile *into)
{
    char line[MP_WIRE_LINE], role[16], name[MP_WIRE_LINE];
    size_t size;
    if (!fgets(line, sizeof line, stream) ||
        sscanf(line, "%15s %zu %zu %1023[^\n]", role, &into->number, &size, name) != 4)
        return false;
    char *bytes = malloc(size + 1);
    if (!bytes || fread(bytes, 1, size, stream) != size)
        return false;
    bytes[size] = '\0';
    into->file = (MpRehearsalFile){.file = strdup(name),
                                   .bytes = bytes,
                                   .size = size,
                                   .accepted = strcmp(role, "accepted") == 0};
    return into->file.file != NULL;
}

MpWireFile *mp_wire_read(FILE *stream, size_t *count)
{
    char line[MP_WIRE_LINE];
    if (!fgets(line, sizeof line, stream) || sscanf(line, "%zu", count) != 1)
        return NULL;
    MpWireFile *files = calloc(*count + 1, sizeof *files);
    for (size_t i = 0; files && i < *count; i++) {
        if (!read_file(stream, &files[i]))
            return NULL;
    }
    return files;
}
