/*
 * mappings.c - what buttons and sticks of gamepads are called that SDL does not know by itself.
 *
 * A line of the file is "id,name,a:b0,b:b1,...,platform:Linux,", as in the community's database.
 */
#include "input.gen.h"

#include "input/state.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 8 << 20, ID_LENGTH = 32 };

/* What is wrong with the lines of a file. */
typedef struct Damage {
    int count;
    int first; /* line */
} Damage;

static bool is_for_others(const char *line)
{
    static const char key[] = "platform:";
    const char *platform = strstr(line, key);
    if (!platform)
        return false;
    platform += strlen(key);
    size_t length = strcspn(platform, ",");
    return length != strlen(SDL_GetPlatform()) || strncmp(platform, SDL_GetPlatform(), length) != 0;
}

/* SDL takes whatever stands in the place of an id. */
static bool has_id(const char *line)
{
    return strspn(line, "0123456789abcdefABCDEF") == ID_LENGTH && line[ID_LENGTH] == ',';
}

static bool add_line(char *line)
{
    line[strcspn(line, "\r")] = '\0';
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return true;
    return has_id(line) && (is_for_others(line) || SDL_GameControllerAddMapping(line) >= 0);
}

static Damage add_lines(char *text)
{
    Damage damage = {0};
    for (int line = 1; *text; line++) {
        size_t length = strcspn(text, "\n");
        char *next = text + length + (text[length] == '\n');
        text[length] = '\0';
        if (!add_line(text) && damage.count++ == 0)
            damage.first = line;
        text = next;
    }
    return damage;
}

bool mp_input_read_mappings(MpInput *self, const MpVfs *vfs, MpError *error)
{
    MpVfsStat now = {0};
    if (!self->state->gamepads)
        return true;
    bool is_there = mp_vfs_stat(vfs, MP_INPUT_MAPPINGS, &now, NULL);
    if (mp_vfs_stat_same(&now, &self->state->mappings))
        return true;
    self->state->mappings = now;
    if (!is_there)
        return true;
    char *text = mp_vfs_read(vfs, MP_INPUT_MAPPINGS, FILE_LIMIT, NULL, error);
    if (!text)
        return false;
    Damage damage = add_lines(text);
    free(text);
    mp_pads_find(self);
    if (damage.count)
        mp_error_set(error, MP_FORMAT,
                     "%s:%d: a gamepad's id, name and buttons are expected; left out %d line%s",
                     MP_INPUT_MAPPINGS, damage.first, damage.count, damage.count == 1 ? "" : "s");
    return !damage.count;
}
