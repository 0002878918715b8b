#include "channel/passphrase.h"

#include "file/file.h"
#include "message.h"
#include "platform.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT = 16 };

void mp_passphrase_forget(MpPassphrase *passphrase)
{
    OPENSSL_cleanse(passphrase->text, sizeof passphrase->text);
    passphrase->asked = false;
}

/* The first line of `text`. */
static bool take(MpPassphrase *passphrase, const char *text, const char *from, MpError *error)
{
    size_t length = strcspn(text, "\r\n");
    if (length == 0 || length >= MP_PASSPHRASE_SIZE) {
        mp_error_set(error, MP_INVALID, "%s: a passphrase of 1 to %d bytes expected", from,
                     MP_PASSPHRASE_SIZE - 1);
        return false;
    }
    memcpy(passphrase->text, text, length);
    passphrase->text[length] = '\0';
    return true;
}

static bool take_file(MpPassphrase *passphrase, MpError *error)
{
    size_t size;
    char *text = mp_file_read(passphrase->file, 2 * MP_PASSPHRASE_SIZE, &size, error);
    bool taken = text && take(passphrase, text, passphrase->file, error);
    if (text)
        OPENSSL_cleanse(text, size);
    free(text);
    return taken;
}

static bool ask(MpPassphrase *passphrase, const char *what, bool twice, MpError *error)
{
    char prompt[512], again[MP_PASSPHRASE_SIZE];
    snprintf(prompt, sizeof prompt, "Passphrase for %s: ", what);
    if (!mp_platform_ask(prompt, passphrase->text, MP_PASSPHRASE_SIZE)) {
        mp_error_set(error, MP_NOT_FOUND,
                     "%s needs its passphrase, and there is no terminal to ask at: set "
                     "MOONPATCH_PASSPHRASE, or name a file with --passphrase-file",
                     what);
        return false;
    }
    passphrase->asked = true;
    bool same = !twice || (mp_platform_ask("The same again: ", again, sizeof again) &&
                           strcmp(again, passphrase->text) == 0);
    OPENSSL_cleanse(again, sizeof again);
    if (same && passphrase->text[0])
        return true;
    mp_passphrase_forget(passphrase);
    mp_error_set(error, MP_REFUSED,
                 same ? "a key needs a passphrase" : "those were two passphrases");
    return false;
}

static bool find(MpPassphrase *passphrase, const char *what, bool twice, MpError *error)
{
    const char *variable = getenv("MOONPATCH_PASSPHRASE");
    if (passphrase->file)
        return take_file(passphrase, error);
    if (variable && *variable)
        return take(passphrase, variable, "MOONPATCH_PASSPHRASE", error);
    return ask(passphrase, what, twice, error);
}

bool mp_passphrase_get(MpPassphrase *passphrase, const char *what, bool twice, MpError *error)
{
    if (passphrase->text[0])
        return true;
    bool found = find(passphrase, what, twice, error);
    if (found && twice && strlen(passphrase->text) < SHORT)
        mp_cli_warn(
            "a passphrase of less than %d bytes is soon guessed by who gets hold of the key: "
            "better take five words",
            SHORT);
    return found;
}
