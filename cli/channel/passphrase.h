/*
 * cli/channel/passphrase.h - what opens the key files: from a file, from the environment, or asked
 * for.
 */
#ifndef MP_CLI_CHANNEL_PASSPHRASE_H
#define MP_CLI_CHANNEL_PASSPHRASE_H

#include "moonpatch/error.h"

#include <stdbool.h>

enum { MP_PASSPHRASE_SIZE = 1024 };

/** Zero, with the name of a file or not, is one that is not known yet. */
typedef struct MpPassphrase {
    const char *file; /* --passphrase-file: its first line */
    char text[MP_PASSPHRASE_SIZE];
    bool asked; /* a person typed it, and may have mistyped it */
} MpPassphrase;

/**
 * Sees to it that `text` is known: from `file`, else from MOONPATCH_PASSPHRASE, else from the
 * terminal, where `twice` asks for it again. `what` is what it is asked for: the path of a key.
 * Errors: false; MP_NOT_FOUND: there is nobody to ask; MP_REFUSED: it was not the same twice.
 */
bool mp_passphrase_get(MpPassphrase *passphrase, const char *what, bool twice, MpError *error);

/** Wipes what is known, so that a person is asked again. */
void mp_passphrase_forget(MpPassphrase *passphrase);

#endif
