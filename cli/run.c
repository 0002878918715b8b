#include "file/file.h"
#include "file/path.h"
#include "message.h"
#include "platform.h"
#include "subcommand.h"

#include <stdlib.h>

/* The words for the player: its own patches first, so that a --patch-dir of the caller's counts. */
static char **make_words(const char *patches, int argc, char **argv)
{
    char **words = calloc((size_t)argc + 4, sizeof *words);
    if (!words)
        return NULL;
    char **next = words;
    *next++ = (char *)(uintptr_t) "moonpatch-play";
    *next++ = (char *)(uintptr_t) "--patch-dir";
    *next++ = (char *)(uintptr_t)patches;
    for (int i = 0; i < argc; i++)
        *next++ = argv[i];
    return words;
}

static int play(const char *folder, int argc, char **argv)
{
    MpError error = {.message = "out of memory"};
    char *patches = mp_path_join(folder, "patch");
    char **words = patches ? make_words(patches, argc, argv) : NULL;
    if (words)
        mp_platform_become("moonpatch-play", MP_PLAYER_IN_TREE, words, &error);
    free(words);
    free(patches);
    return mp_cli_failed("%s", error.message);
}

static int run(int argc, char **argv)
{
    if (argc < 1 || argv[0][0] == '-')
        return mp_cli_misused("the folder of the game is missing; see moonpatch run --help");
    const char *folder = argv[0];
    if (!mp_file_is_directory(folder))
        return mp_cli_misused("there is no folder '%s'", folder);
    setenv("MOONPATCH_DATA", folder, true);
    return play(folder, argc - 1, argv + 1);
}

const MpSubcommand mp_subcommand_run = {
    .name = "run",
    .summary = "plays a folder with a scripts/main.lua",
    .usage =
        "usage: moonpatch run DIR [options]\n"
        "\n"
        "Plays a game that is Lua alone: DIR/scripts/main.lua, with pictures, fonts and sounds\n"
        "below DIR/assets. Scripts that are edited and patches that are dropped into DIR/patch\n"
        "take effect while it runs. The picture has 640x360 pixels, in a window of any size.\n"
        "\n"
        "options, as of every game\n"
        "  --headless             play without a display, as fast as the machine can\n"
        "  --frames N             stop after N frames\n"
        "  --seed N               seed of all chance\n"
        "  --screenshot FILE.png  write the last picture\n"
        "  --patch-dir DIR        another folder of patches\n"
        "  and all that moonpatch-play --help lists\n"
        "\n"
        "exit codes\n"
        "  0   the game ended well\n"
        "  1   the game failed\n"
        "  2   the command line or the installation is wrong\n",
    .run = run,
};
