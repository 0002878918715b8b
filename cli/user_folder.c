#include "user_folder.h"

#include "file/file.h"
#include "file/path.h"
#include "message.h"
#include "watch/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char organisation[] = "moonpatch";

static char *join(char *folder, const char *name)
{
    char *path = folder ? mp_path_join(folder, name) : NULL;
    free(folder);
    return path;
}

/* As SDL_GetPrefPath() has it, which would make the folder. */
static char *data_folder(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data)
        return strdup(data);
    if (home && *home)
        return mp_path_join(home, ".local/share");
    mp_cli_failed("neither XDG_DATA_HOME nor HOME says where games keep their files; "
                  "name the folder with --user-dir");
    return NULL;
}

static bool has_journal(const char *folder, const char *game)
{
    char *path = join(mp_path_join(folder, game), "patches");
    bool has = path && mp_file_is_directory(path);
    free(path);
    return has;
}

/* The games that have a journal, with a comma between two; their number. */
static size_t list_games(const char *folder, char *names, size_t size)
{
    MpWatchList list = {0};
    size_t count = 0;
    names[0] = '\0';
    if (!mp_watch_list(folder, &list, NULL))
        return 0;
    for (size_t i = 0; i < list.count; i++) {
        size_t length = strlen(names);
        if (has_journal(folder, list.entries[i].name))
            snprintf(names + length, size - length, "%s%s", count++ ? ", " : "",
                     list.entries[i].name);
    }
    mp_watch_list_finish(&list);
    return count;
}

static char *only_game(char *folder)
{
    char names[1024];
    size_t count = folder ? list_games(folder, names, sizeof names) : 0;
    if (count == 1)
        return join(folder, names);
    if (folder && count)
        mp_cli_failed("which game? %s", names);
    else if (folder)
        mp_cli_failed("no game in '%s' has a journal of patches; name its folder with --user-dir",
                      folder);
    free(folder);
    return NULL;
}

char *mp_cli_user_folder(const char *game)
{
    char *folder = data_folder();
    if (game && strchr(game, '/'))
        return join(folder, game);
    folder = folder ? join(folder, organisation) : NULL;
    return game ? join(folder, game) : only_game(folder);
}
