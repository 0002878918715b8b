/* moonpatch keygen: a key of its own, for a role that is rotated or a holder who keeps it
 * elsewhere. */
#include "channel/keys.h"
#include "command.h"
#include "subcommand.h"
#include "update/tuf/key.h"

#include <stdio.h>

typedef struct Order {
    MpKeys keys;
    const char *type;
} Order;

static const MpOption options[] = {
    {"--type", MP_OPTION_TEXT, offsetof(Order, type)},
    {"--passphrase-file", MP_OPTION_TEXT, offsetof(Order, keys.passphrase.file)},
    {0},
};

static bool make(Order *order, const char *path, MpError *error)
{
    MpHash id;
    if (!mp_keys_make(&order->keys, path, order->type, error))
        return false;
    json_t *key = mp_keys_public(path, error);
    bool good = key && mp_tuf_key_id(key, &id, error);
    json_decref(key);
    if (good)
        printf("%s key %.12s: the secret half is in %s.pem, the public one in %s.pub\n",
               order->type, id.text, path, path);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    bool good = make(order, words->items[0], error);
    mp_passphrase_forget(&order->keys.passphrase);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpCommand command = {"keygen", options, "one name for the key", 1, 1, work};
    Order order = {.type = "ed25519"};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_keygen = {
    .name = "keygen",
    .summary = "makes a key that signs what a channel offers",
    .usage =
        "usage: moonpatch keygen NAME [--type ed25519|ecdsa|rsa] [--passphrase-file FILE]\n"
        "\n"
        "Writes NAME.pem, the secret half, encrypted with a passphrase and readable by you\n"
        "only, and NAME.pub, the public half. moonpatch channel init makes the first keys of\n"
        "a channel itself.\n"
        "\n"
        "options\n"
        "  --type TYPE              ed25519, if not said: only with it does the same source give\n"
        "                           the same bytes; ecdsa (P-256) or rsa (3072 bits)\n"
        "  --passphrase-file FILE   its first line; else MOONPATCH_PASSPHRASE, or it is asked for\n"
        "\n"
        "exit codes\n"
        "  0   the key was made\n"
        "  1   it was not; keys that are there are never written over\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
