/*
 * Any bytes as a journal of patches: as a whole file, and as what follows a checksum that is right,
 * for no fuzzer finds one. What is accepted must come back the same when it is written and read
 * again; what is not must say why.
 */
#include "fuzz.h"

#include "patches/format.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_message(const MpError *error)
{
    fuzz_expect(error->status != MP_OK && error->message[0], "a refusal without a reason");
    for (const char *c = error->message; *c; c++)
        fuzz_expect(isprint((unsigned char)*c), error->message);
}

static void expect_same_again(const MpJournalContent *content)
{
    MpJournalContent again;
    MpError error;
    size_t size, again_size;
    char *text = mp_format_encode(content, &size);
    fuzz_expect(text != NULL, "what was read cannot be written");
    fuzz_expect(mp_format_decode(text, size, &again, &error), error.message);
    char *again_text = mp_format_encode(&again, &again_size);
    fuzz_expect(again_text && size == again_size && memcmp(text, again_text, size) == 0,
                "it changes when it is read");
    mp_content_finish(&again);
    free(again_text);
    free(text);
}

static void decode(const uint8_t *data, size_t size)
{
    MpJournalContent content;
    MpError error = {0};
    char *copy = fuzz_copy(data, size);
    if (mp_format_decode(copy, size, &content, &error)) {
        expect_same_again(&content);
        mp_content_finish(&content);
    } else {
        expect_message(&error);
    }
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    decode(data, size);
    size_t line = strlen("moonpatch-journal 1 \n") + MP_HASH_LENGTH;
    uint8_t *whole = malloc(line + size + 1);
    fuzz_expect(whole != NULL, "no memory");
    snprintf((char *)whole, line + 1, "moonpatch-journal 1 %s\n", mp_hash_of(data, size).text);
    if (size)
        memcpy(whole + line, data, size);
    decode(whole, line + size);
    free(whole);
    return 0;
}
