#include "command.h"

#include "message.h"
#include "subcommand.h"

int mp_command_run(const MpCommand *command, char **argv, void *order)
{
    MpWords words = {0};
    MpError error;
    int misused = mp_options_read(command->name, command->options, argv, order, &words);
    if (misused)
        return misused;
    if (words.count < command->least || words.count > command->most)
        return mp_cli_misused("%s: %s expected; see moonpatch %s --help", command->name,
                              command->words, command->name);
    if (command->work(order, &words, &error))
        return MP_EXIT_OK;
    if (error.status == MP_INVALID)
        return mp_cli_misused("%s: %s", command->name, error.message);
    return mp_cli_failed("%s: %s", command->name, error.message);
}
