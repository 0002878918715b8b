/* moonpatch channel: makes a channel, and shows what is in it. */
#include "channel/channel.h"

#include "message.h"
#include "subcommand.h"
#include "text/nearest.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(char **argv);
} parts[] = {
    {"init", mp_channel_init},
    {"cohorts", mp_channel_cohorts},
    {"show", mp_channel_show},
};

static int run(int argc, char **argv)
{
    if (argc == 0)
        return mp_cli_misused("channel: init, cohorts or show; see moonpatch channel --help");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].name, argv[0]) == 0)
            return parts[i].run(argv + 1);
    }
    const char *meant =
        mp_text_nearest(argv[0], (const char *const[]){"init", "cohorts", "show", NULL});
    if (meant)
        return mp_cli_misused("channel: there is no '%s' (did you mean '%s'?)", argv[0], meant);
    return mp_cli_misused("channel: init, cohorts or show expected, not '%s'", argv[0]);
}

const MpSubcommand mp_subcommand_channel = {
    .name = "channel",
    .summary = "makes a channel of updates, and shows what is in it",
    .usage =
        "usage: moonpatch channel init DIR --app NAME [options]\n"
        "       moonpatch channel cohorts DIR NAME=WEIGHT ... [options]\n"
        "       moonpatch channel show DIR [--json]\n"
        "\n"
        "init makes DIR, which any web server serves as it is, and the keys that sign what is in\n"
        "it, in DIR.keys, which never goes to a web server. DIR.keys/root.json goes into the "
        "game,\n"
        "as data/channel/root.json: by it the game knows the channel's keys.\n"
        "\n"
        "options\n"
        "  --app NAME               the game: releases are for no other\n"
        "  --channel NAME           its name, DIR's if not said\n"
        "  --root 2/3               so many of so many keys sign (1/1); the same for --targets,\n"
        "                           --snapshot, --timestamp\n"
        "  --type TYPE              of the keys: ed25519, ecdsa or rsa\n"
        "  --cohort NAME=WEIGHT     players are divided in that proportion, once for each\n"
        "  --days-root N            how long what a role signs is good (730); the same for\n"
        "                           --days-targets (365), --days-snapshot (30), --days-timestamp "
        "(7)\n"
        "  --keys DIR               where the keys are made; those that are there, ROLE-1.pub, "
        "are\n"
        "                           taken (DIR.keys)\n"
        "  --passphrase-file FILE   what opens them; else MOONPATCH_PASSPHRASE, or it is asked "
        "for\n"
        "  --now 2026-01-31         the day it is; else SOURCE_DATE_EPOCH, or the clock\n"
        "\n"
        "cohorts divides the players anew, for publish --cohort; it takes --keys,\n"
        "--passphrase-file and --now too. Who is in which cohort changes with the weights.\n"
        "\n"
        "show lists the releases: which are live, for whom, and when the metadata expires.\n"
        "\n"
        "exit codes\n"
        "  0   it is done\n"
        "  1   it could not be done\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
