/* Streams of bytes as messages, however they are cut into pieces. */
#include "host/net/framing.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 5, HEARD_SIZE = 200 };

/* What was heard, each message in brackets. */
static bool hear(void *user, const char *message, size_t length)
{
    char *heard = user;
    size_t end = strlen(heard);
    snprintf(heard + end, HEARD_SIZE - end, "[%.*s]", (int)length, message);
    return strstr(heard, "[stop]") == NULL;
}

/* In pieces of `piece` bytes. Returns whether all was within the rules. */
static bool take(MpFraming framing, const char *bytes, size_t count, size_t piece, char *heard)
{
    MpFrames frames = {.framing = framing, .longest = LONGEST};
    MpError error = {.status = MP_OK};
    bool fine = true;
    heard[0] = '\0';
    for (size_t at = 0; fine && at < count; at += piece) {
        size_t length = count - at < piece ? count - at : piece;
        fine = mp_frames_take(&frames, bytes + at, length, hear, heard, &error);
    }
    cr_assert(fine || error.status == MP_LIMIT);
    mp_frames_finish(&frames);
    return fine;
}

#define BYTES(text) text, sizeof text - 1

static const struct {
    MpFraming framing;
    const char *bytes;
    size_t count;
    bool fine;
    const char *heard;
} cases[] = {
    {MP_FRAMING_LINES, BYTES("one\ntwo\n"), true, "[one][two]"},
    {MP_FRAMING_LINES, BYTES("one\r\n\r\n\n"), true, "[one][][]"},
    {MP_FRAMING_LINES, BYTES("five5\nfive5\r\nno end"), true, "[five5][five5]"},
    {MP_FRAMING_LINES, BYTES("ok\nlonger7\n"), false, "[ok]"},
    {MP_FRAMING_LINES, BYTES("never ends"), false, ""},
    {MP_FRAMING_LINES, BYTES("longer\n"), false, ""},
    {MP_FRAMING_LENGTHS, BYTES("\0\0\0\3one\0\0\0\0\0\0\0\5f\nve5"), true, "[one][][f\nve5]"},
    {MP_FRAMING_LENGTHS, BYTES("\0\0\0\2ok\0\0\0\6longer"), false, "[ok]"},
    {MP_FRAMING_LENGTHS, BYTES("\377\377\377\377"), false, ""},
};

Test(framing, pieces_of_any_size_give_the_same_messages)
{
    char heard[HEARD_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t piece = 1; piece <= cases[i].count; piece++) {
            bool fine = take(cases[i].framing, cases[i].bytes, cases[i].count, piece, heard);
            cr_assert_str_eq(heard, cases[i].heard, "case %zu, pieces of %zu: %s", i, piece, heard);
            cr_assert_eq(fine, cases[i].fine, "case %zu, pieces of %zu", i, piece);
        }
    }
}

Test(framing, who_has_heard_enough_hears_no_more)
{
    char heard[HEARD_SIZE];
    cr_assert(take(MP_FRAMING_LINES, BYTES("a\nstop\nb\n"), 100, heard));
    cr_assert_str_eq(heard, "[a][stop]");
}
