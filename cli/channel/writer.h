/*
 * cli/channel/writer.h - what all subcommands have in common that change a channel.
 *
 *     typedef struct Order { MpWriter writer; ... } Order;
 *     static const MpOption options[] = {MP_WRITER_OPTIONS(Order, writer), ..., {0}};
 *
 *     static bool change(void *order, MpError *error)
 *     {
 *         ... change writer.repository.targets ...
 *         return mp_writer_commit(writer, MP_COMMIT_TARGETS, error);
 *     }
 *     bool good = mp_writer_run(&order->writer, "stable", change, order, error);
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

/** What is done with a channel that is open to be written. */
typedef bool MpWriterWork(void *order, MpError *error);

/**
 * The same, opens the channel to write, does the work, and ends.
 * Errors: false; those of mp_repository_open() and of the work.
 */
bool mp_writer_run(MpWriter *writer, const char *channel, MpWriterWork *work, void *order,
                   MpError *error);

/** Publishes what was changed. Errors: false. */
bool mp_writer_commit(MpWriter *writer, MpCommit changed, MpError *error);

/** Closes the channel and wipes the passphrase, also of a writer that was prepared only. */
void mp_writer_end(MpWriter *writer);

#endif
