/*
 * cli/channel/writer.h - what all subcommands have in common that change a channel.
 *
 *     typedef struct Order { MpWriter writer; ... } Order;
 *     static const MpOption options[] = {MP_WRITER_OPTIONS(Order, writer), ..., {0}};
 *
 *     bool good = mp_writer_begin(&order->writer, "stable", error) && ... &&
 *                 mp_writer_commit(&order->writer, MP_COMMIT_TARGETS, error);
 *     mp_writer_end(&order->writer);
 */
#ifndef MP_CLI_CHANNEL_WRITER_H
#define MP_CLI_CHANNEL_WRITER_H

#include "channel/repository.h"

enum { MP_WRITER_PATH_SIZE = 4096 };

/** Zero, with what the options say. */
typedef struct MpWriter {
    MpKeys keys;
    const char *now;
    int64_t today;
    MpRepository repository;
    char folder[MP_WRITER_PATH_SIZE]; /* of the keys: "stable.keys", when none was named */
} MpWriter;

/** Its rows in a table of options. */
#define MP_WRITER_OPTIONS(Order, writer)                                                     \
    {"--keys", MP_OPTION_LIST, offsetof(Order, writer.keys.folders)},                        \
        {"--passphrase-file", MP_OPTION_TEXT, offsetof(Order, writer.keys.passphrase.file)}, \
    {                                                                                        \
        "--now", MP_OPTION_TEXT, offsetof(Order, writer.now)                                 \
    }

/** And their lines of help. */
#define MP_WRITER_HELP                                                                            \
    "  --keys DIR               where the keys are, once for each folder (CHANNEL.keys)\n"        \
    "  --passphrase-file FILE   what opens them; else MOONPATCH_PASSPHRASE, or it is asked for\n" \
    "  --now 2026-01-31         the day it is; else SOURCE_DATE_EPOCH, or the clock\n"

/** Fills what the options did not say. Errors: false; MP_INVALID. */
bool mp_writer_prepare(MpWriter *writer, const char *channel, MpError *error);

/** The same, and opens the channel to write. Errors: false; those of mp_repository_open(). */
bool mp_writer_begin(MpWriter *writer, const char *channel, MpError *error);

/** Publishes what was changed. Errors: false. */
bool mp_writer_commit(MpWriter *writer, MpCommit changed, MpError *error);

/** Closes the channel and wipes the passphrase. Also when it did not begin. */
void mp_writer_end(MpWriter *writer);

#endif
