/*
 * moonpatch - what authors of games and patches, players and CI do outside of a running game.
 *
 * Each subcommand is a row in the table below; see subcommand.h.
 */
#include "message.h"
#include "subcommand.h"
#include "text/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* In alphabetical order, as --help shows them. */
static const MpSubcommand *const subcommands[] = {
    &mp_subcommand_channel, &mp_subcommand_cohort,  &mp_subcommand_diff,    &mp_subcommand_gc,
    &mp_subcommand_halt,    &mp_subcommand_keygen,  &mp_subcommand_lint,    &mp_subcommand_new,
    &mp_subcommand_pack,    &mp_subcommand_publish, &mp_subcommand_refresh, &mp_subcommand_rollback,
    &mp_subcommand_rollout, &mp_subcommand_rotate,  &mp_subcommand_run,     &mp_subcommand_status,
    &mp_subcommand_verify,
};
enum { SUBCOMMANDS = sizeof subcommands / sizeof *subcommands };

static const MpSubcommand *find(const char *name)
{
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        if (strcmp(subcommands[i]->name, name) == 0)
            return subcommands[i];
    }
    return NULL;
}

static int unknown(const char *name)
{
    const char *names[SUBCOMMANDS + 1] = {NULL};
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        names[i] = subcommands[i]->name;
    const char *meant = mp_text_nearest(name, names);
    if (meant)
        return mp_cli_misused("unknown subcommand '%s' (did you mean '%s'?)", name, meant);
    return mp_cli_misused("unknown subcommand '%s'; see moonpatch --help", name);
}

static void write_help(FILE *stream)
{
    fputs("usage: moonpatch SUBCOMMAND [arguments]\n"
          "       moonpatch help SUBCOMMAND\n"
          "\n"
          "subcommands\n",
          stream);
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        fprintf(stream, "  %-17s %s\n", subcommands[i]->name, subcommands[i]->summary);
    fputs("\n"
          "options\n"
          "  --help            this text; behind a subcommand, the subcommand's\n"
          "  --version\n"
          "\n"
          "exit codes\n"
          "  0                 nothing to complain of\n"
          "  1                 something was found that must be looked at, or the work failed\n"
          "  2                 the command was called wrongly, and did nothing\n"
          "\n"
          "Messages are coloured on a terminal, unless NO_COLOR is set.\n",
          stream);
}

static int help(const char *name)
{
    if (!name) {
        write_help(stdout);
        return MP_EXIT_OK;
    }
    const MpSubcommand *subcommand = find(name);
    if (!subcommand)
        return unknown(name);
    fputs(subcommand->usage, stdout);
    return MP_EXIT_OK;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Whether help is asked for; what follows "--" asks for nothing. */
static bool asks_for_help(char **words)
{
    for (; *words && strcmp(*words, "--") != 0; words++) {
        if (is_help(*words))
            return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        write_help(stderr);
        return MP_EXIT_USAGE;
    }
    const char *word = argv[1];
    if (is_help(word))
        return help(NULL);
    if (strcmp(word, "help") == 0)
        return help(argv[2]);
    if (strcmp(word, "--version") == 0) {
        puts("moonpatch " MP_VERSION);
        return MP_EXIT_OK;
    }
    if (word[0] == '-')
        return mp_cli_misused("unknown option '%s'; see moonpatch --help", word);
    const MpSubcommand *subcommand = find(word);
    if (!subcommand)
        return unknown(word);
    return asks_for_help(argv + 2) ? help(word) : subcommand->run(argc - 2, argv + 2);
}
