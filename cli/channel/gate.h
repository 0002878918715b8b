/*
 * cli/channel/gate.h - lint as the gate that patches pass before they are published.
 */
#ifndef MP_CLI_CHANNEL_GATE_H
#define MP_CLI_CHANNEL_GATE_H

#include "moonpatch/error.h"
#include "options.h"

/** What the options say; zero: nothing. */
typedef struct MpGate {
    MpWords against, disabled, globals; /* as lint takes them */
    bool force;                         /* errors do not refuse */
    bool strict;                        /* warnings do */
} MpGate;

/** Its rows in a table of options. */
#define MP_GATE_OPTIONS(Order, gate)                                   \
    {"--against", MP_OPTION_LIST, offsetof(Order, gate.against)},      \
        {"--disable", MP_OPTION_LIST, offsetof(Order, gate.disabled)}, \
        {"--global", MP_OPTION_LIST, offsetof(Order, gate.globals)},   \
        {"--force", MP_OPTION_FLAG, offsetof(Order, gate.force)},      \
    {                                                                  \
        "--strict", MP_OPTION_FLAG, offsetof(Order, gate.strict)       \
    }

/** And their lines of help. */
#define MP_GATE_HELP                                                                            \
    "  --against FILE           the API manifest that lint checks against, once for each "      \
    "module\n"                                                                                  \
    "  --disable, --global      as with lint\n"                                                 \
    "  --strict                 warnings of lint refuse it too, as in CI; else they are told\n" \
    "  --force                  publishes it with errors of lint, or unchecked\n"

/**
 * Lints patches, folders and bundles, and writes what is found to stderr.
 * Errors: false; MP_REFUSED: they do not pass; MP_INVALID: lint was called wrongly.
 */
bool mp_gate_passes(const MpGate *gate, const MpWords *sources, MpError *error);

#endif
