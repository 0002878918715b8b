/* moonpatch status: what became of a game's patches. */
#include "message.h"
#include "options.h"
#include "patches/format.h"
#include "patches/journal.h"
#include "status_channel.h"
#include "status_table.h"
#include "subcommand.h"
#include "user_folder.h"

#include <stdlib.h>
#include <string.h>

typedef struct Request {
    const char *game, *user_folder;
    bool json;
} Request;

static const MpOption options[] = {
    {"--json", MP_OPTION_FLAG, offsetof(Request, json)},
    {"--user-dir", MP_OPTION_TEXT, offsetof(Request, user_folder)},
    {0},
};

/* Returns what to exit with when that was a mistake; MP_EXIT_OK: it was none. */
static int parse(char **argv, Request *request)
{
    MpWords games = {0};
    int misused = mp_options_read("status", options, argv, request, &games);
    if (misused)
        return misused;
    if (games.count > 1)
        return mp_cli_misused("status: one game at a time, not '%s' as well", games.items[1]);
    request->game = games.items[0];
    if (request->game && request->user_folder)
        return mp_cli_misused("status: name the game or its folder, not both");
    return MP_EXIT_OK;
}

static void complain(void *user, const char *line)
{
    int *code = user;
    *code = mp_cli_failed("%s", line);
}

static bool has_bad_patch(const MpJournalContent *content)
{
    for (size_t i = 0; i < content->patch_count; i++) {
        MpJournalState state = content->patches[i].state;
        if (state == MP_JOURNAL_QUARANTINED || state == MP_JOURNAL_REFUSED)
            return true;
    }
    return false;
}

static int print(const MpJournalContent *content, const char *folder, bool as_json)
{
    if (!as_json) {
        mp_cli_print_status(content, stdout);
        mp_cli_print_channel(folder, stdout);
    } else {
        json_t *root = mp_format_json(content);
        json_object_set_new(root, "channel", mp_cli_channel_json(folder));
        bool written = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0;
        json_decref(root);
        if (!written)
            return mp_cli_failed("status: no memory for the JSON");
        putchar('\n');
    }
    return has_bad_patch(content) ? MP_EXIT_FINDINGS : MP_EXIT_OK;
}

static int report(const char *folder, bool as_json)
{
    int code = MP_EXIT_OK;
    MpError error;
    MpJournal *journal = mp_journal_open(
        &(MpJournalOptions){
            .user_folder = folder, .read_only = true, .tell = complain, .user = &code},
        &error);
    if (!journal)
        return mp_cli_failed("%s", error.message);
    const MpJournalContent *content = mp_journal_content(journal);
    int found = content->generation ? print(content, folder, as_json)
                : code              ? code
                       : mp_cli_failed("there is no journal of patches in '%s'", folder);
    mp_journal_close(journal);
    return code ? code : found;
}

static int run(int argc, char **argv)
{
    (void)argc;
    Request request = {0};
    int code = parse(argv, &request);
    if (code != MP_EXIT_OK)
        return code;
    char *folder =
        request.user_folder ? strdup(request.user_folder) : mp_cli_user_folder(request.game);
    code = folder ? report(folder, request.json) : MP_EXIT_FINDINGS;
    free(folder);
    return code;
}

const MpSubcommand mp_subcommand_status = {
    .name = "status",
    .summary = "shows what became of a game's patches",
    .usage = "usage: moonpatch status [GAME] [--json]\n"
             "       moonpatch status --user-dir DIR [--json]\n"
             "\n"
             "Shows which patches run, in which state each is and why, which versions are\n"
             "condemned, what happened last, and which release of a channel the game runs. It\n"
             "only reads, also while the game runs.\n"
             "\n"
             "options\n"
             "  GAME             moonbase, or organisation/game; needed if there are several\n"
             "  --user-dir DIR   the game's user folder, as the game's own option of that name\n"
             "  --json           everything that is known, for programs\n"
             "\n"
             "exit codes\n"
             "  0   no patch is quarantined or refused\n"
             "  1   one is, or the journal is damaged or missing\n"
             "  2   the command was called wrongly\n",
    .run = run,
};
