/*
 * cli/options.h - options of subcommands as tables.
 *
 *     typedef struct Order { MpWords folders; const char *output; long keep; bool json; } Order;
 *     static const MpOption options[] = {
 *         {"--output", MP_OPTION_TEXT, offsetof(Order, output)},
 *         {"--json", MP_OPTION_FLAG, offsetof(Order, json)},
 *         {0},
 *     };
 *     int misused = mp_options_read("gc", options, argv, &order, &words);
 */
#ifndef MP_CLI_OPTIONS_H
#define MP_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { MP_WORDS_LIMIT = 1024 };

/** Words of the command line, which they point into. */
typedef struct MpWords {
    const char *items[MP_WORDS_LIMIT];
    size_t count;
} MpWords;

typedef enum MpOptionKind {
    MP_OPTION_FLAG,    /* bool */
    MP_OPTION_TEXT,    /* const char * */
    MP_OPTION_LIST,    /* MpWords: it may be given several times */
    MP_OPTION_NUMBER,  /* long, not negative */
    MP_OPTION_PERCENT, /* long from 0 to 100: "5%" or "5" */
} MpOptionKind;

typedef struct MpOption {
    const char *name; /* NULL ends the table */
    MpOptionKind kind;
    size_t place; /* of the member in the order */
} MpOption;

/**
 * Fills the members of `order` for which there are options, and `words` with the rest; what is not
 * said is left as it is.
 * Returns 0, or what to exit with after a message.
 */
int mp_options_read(const char *command, const MpOption *options, char **argv, void *order,
                    MpWords *words);

/** What a percentage is, for people: "... expected, not '0.5%'". */
#define MP_OPTIONS_PERCENT "a whole percentage, such as 5% (for a part of one see --cohort),"

/** Reads "5%" or "5". */
bool mp_options_percent(const char *text, long *percent);

#endif
