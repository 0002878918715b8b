#include "recording/recording.h"

#include "input/control.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const MpRecord records[] = {
    {.kind = MP_RECORD_ANSWER, .question = "bindings.json", .status = MP_OK, .text = "{}"},
    {.kind = MP_RECORD_ANSWER, .question = "x", .status = MP_NOT_FOUND, .text = "no \xFF file"},
    {.kind = MP_RECORD_FRAME, .steps = 1, .alpha = MP_RECORDING_WHOLE},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_CONTROL, .number = 44, .x = 1}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_CONTROL, .number = 44, .x = 0}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_CONTROL, .number = 530, .x = 0.3f}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_REPEAT, .number = 42}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_POINTER, .x = -3.25f, .y = 639.5f}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_WHEEL, .x = 0, .y = -0.125f}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_TEXT, .text = "\xEF\xBF\xBD ä"}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_FOCUS, .number = 1}},
    {.kind = MP_RECORD_SIGNAL, .signal = {.kind = MP_SIGNAL_GAMEPADS, .number = 2}},
    {.kind = MP_RECORD_FRAME, .steps = 0, .alpha = 12345},
    {.kind = MP_RECORD_NOTE, .text = "patch x: applied"},
    {.kind = MP_RECORD_CHECK, .step = 1, .checksum = 0xFEDCBA9876543210u},
    {.kind = MP_RECORD_FRAME, .steps = MP_RECORDING_STEP_LIMIT, .alpha = 0},
    {.kind = MP_RECORD_END, .step = 1234567890123u, .checksum = 0},
};

enum { COUNT = sizeof records / sizeof *records };

static char *bytes;
static size_t size, begin, end; /* of the records */

static void init(void)
{
    MpRecordingHeader header = {.program = "game 1", .seed = 4294967295u, .autoplay = true};
    header.files = json_pack("{s:s}", "scripts/main.lua", "00ff");
    FILE *file = open_memstream(&bytes, &size);
    MpRecordWriter to = mp_recording_writer(file);
    cr_assert(mp_recording_write_header(&to, &header, NULL));
    mp_recording_header_finish(&header);
    fflush(file);
    begin = size;
    for (size_t i = 0; i < COUNT; i++)
        mp_recording_write(&to, &records[i]);
    fflush(file);
    end = size;
    mp_recording_close(&to);
    fclose(file);
}

static void finish(void) { free(bytes); }

TestSuite(recording, .init = init, .fini = finish);

static void expect_text(const char *text, const char *expected)
{
    cr_expect_str_eq(text, expected ? expected : "");
}

static void expect_record(const MpRecord *record, const MpRecord *expected)
{
    cr_expect_eq(record->kind, expected->kind);
    cr_expect_eq(record->signal.kind, expected->signal.kind);
    cr_expect_eq(record->signal.number, expected->signal.number);
    cr_expect_eq(record->signal.x, expected->signal.x);
    cr_expect_eq(record->signal.y, expected->signal.y);
    expect_text(record->signal.text, expected->signal.text);
    cr_expect_eq(record->steps, expected->steps);
    cr_expect_eq(record->alpha, expected->alpha);
    cr_expect_eq(record->step, expected->step);
    cr_expect_eq(record->checksum, expected->checksum);
    cr_expect_eq(record->status, expected->status);
    expect_text(record->question, expected->question);
    expect_text(record->text, expected->text);
}

/* How many records there are before the end; a copy of the bytes, so that sanitizers see its end.
 */
static size_t read_all(size_t length, MpReadResult *result)
{
    char *copy = malloc(length);
    memcpy(copy, bytes, length);
    MpRecordingHeader header;
    MpRecordReader reader = mp_recording_reader(copy, length);
    cr_assert(mp_recording_read_header(&reader, &header, NULL));
    mp_recording_header_finish(&header);
    MpRecord record;
    size_t count = 0;
    while ((*result = mp_recording_read(&reader, &record, NULL)) == MP_READ_RECORD) {
        cr_assert_lt(count, COUNT);
        expect_record(&record, &records[count++]);
    }
    cr_expect_eq(mp_recording_read(&reader, &record, NULL), *result, "the end stays the end");
    free(copy);
    return count;
}

Test(recording, what_is_read_is_what_was_written)
{
    MpReadResult result;
    cr_expect_eq(read_all(size, &result), COUNT);
    cr_expect_eq(result, MP_READ_OVER);
}

Test(recording, is_good_up_to_any_cut)
{
    size_t last = 0;
    for (size_t length = begin; length <= end; length++) {
        MpReadResult result;
        size_t count = read_all(length, &result);
        cr_expect_eq(result, MP_READ_OVER, "cut at %zu", length);
        cr_expect(count == last || count == last + 1, "cut at %zu", length);
        last = count;
    }
    cr_expect_eq(last, COUNT);
}

static bool opens(size_t length, MpError *error)
{
    MpRecordingHeader header;
    MpRecordReader reader = mp_recording_reader(bytes, length);
    bool good = mp_recording_read_header(&reader, &header, error);
    if (good)
        mp_recording_header_finish(&header);
    return good;
}

Test(recording, with_any_flipped_bit_is_refused)
{
    size_t covered = size - strlen(MP_RECORDING_TRAILER);
    for (size_t bit = 0; bit < covered * 8; bit++) {
        MpError error = {.status = MP_OK};
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        cr_expect_not(opens(size, &error), "bit %zu", bit);
        cr_expect_eq(error.status, MP_FORMAT);
        if (bit / 8 >= strlen(MP_RECORDING_MAGIC))
            cr_expect_str_eq(error.message,
                             "the recording is damaged, its bytes are not those that were "
                             "recorded: take another copy of it, or record the session again");
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    cr_expect(opens(size, NULL));
}

/* No sum of all is there, but the header and each check have one. */
Test(recording, that_was_cut_is_played_up_to_the_check_behind_a_flipped_bit)
{
    char *note = memmem(bytes, end, records[13].text, strlen(records[13].text));
    cr_assert(note);
    for (int bit = 0; bit < 7; bit++) {
        MpRecord record;
        MpReadResult result;
        int checks = 0;
        note[0] ^= (char)(1 << bit);
        MpRecordReader reader = mp_recording_reader(bytes, end);
        MpRecordingHeader header;
        cr_assert(mp_recording_read_header(&reader, &header, NULL));
        mp_recording_header_finish(&header);
        while ((result = mp_recording_read(&reader, &record, NULL)) == MP_READ_RECORD)
            checks += record.kind == MP_RECORD_CHECK;
        cr_expect_eq(result, MP_READ_DAMAGED);
        cr_expect_eq(checks, 0);
        note[0] ^= (char)(1 << bit);
    }
    bytes[begin - 6] ^= 1; /* of the header */
    cr_expect_not(opens(end, NULL));
}

Test(recording, has_a_header)
{
    MpRecordingHeader header;
    MpRecordReader reader = mp_recording_reader(bytes, size);
    cr_assert(mp_recording_read_header(&reader, &header, NULL));
    cr_expect_str_eq(header.program, "game 1");
    cr_expect_eq(header.seed, 4294967295u);
    cr_expect(header.autoplay);
    cr_expect_str_eq(json_string_value(json_object_get(header.files, "scripts/main.lua")), "00ff");
    mp_recording_header_finish(&header);
    for (size_t length = 0; length < begin; length++) {
        MpError error = {.status = MP_OK};
        reader = mp_recording_reader(bytes, length);
        cr_expect_not(mp_recording_read_header(&reader, &header, &error), "cut at %zu", length);
        cr_expect_eq(error.status, MP_FORMAT);
    }
}

Test(recording, a_header_must_have_all_of_it)
{
    static const char long_name[] =
        "{\"program\":\"0123456789012345678901234567890123456789012345678901234567890123\","
        "\"seed\":1,\"autoplay\":true,\"controls\":%d,\"files\":{}}";
    static const char *const headers[] = {
        "{}",
        "[]",
        "{\"program\":\"g 1\",\"seed\":-1,\"autoplay\":true,\"controls\":%d,\"files\":{}}",
        "{\"program\":\"g 1\",\"seed\":4294967296,\"autoplay\":true,\"controls\":%d,\"files\":{}}",
        "{\"program\":\"g 1\",\"seed\":1,\"autoplay\":1,\"controls\":%d,\"files\":{}}",
        "{\"program\":\"g 1\",\"seed\":1,\"autoplay\":true,\"controls\":%d,\"files\":{\"a\":1}}",
        "{\"program\":\"g 1\",\"seed\":1,\"autoplay\":true,\"controls\":%d,\"files\":[]}",
        "{\"program\":\"g 1\",\"seed\":1,\"autoplay\":true,\"controls\":1%d,\"files\":{}}",
        long_name,
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char text[300], *file_bytes;
        size_t file_size;
        const char *number = strstr(headers[i], "%d");
        int before = (int)(number ? number - headers[i] : (long)strlen(headers[i]));
        snprintf(text, sizeof text, "%.*s", before, headers[i]);
        if (number)
            snprintf(text + before, sizeof text - (size_t)before, "%d%s", MP_CONTROL_COUNT,
                     number + 2);
        FILE *file = open_memstream(&file_bytes, &file_size);
        MpRecordWriter to = mp_recording_writer(file);
        mp_recording_write_head(&to, text);
        fclose(file);
        MpRecordingHeader header;
        MpRecordReader reader = mp_recording_reader(file_bytes, file_size);
        MpError error = {.status = MP_OK};
        cr_expect_not(mp_recording_read_header(&reader, &header, &error), "%s", text);
        cr_expect_eq(error.status, MP_FORMAT, "%s", text);
        cr_expect_null(strstr(error.message, "its bytes are not"), "%s", error.message);
        free(file_bytes);
    }
}

#define DAMAGE(text)          \
    {                         \
        text, sizeof text - 1 \
    }

Test(recording, says_where_it_is_damaged)
{
    static const struct {
        const char *bytes;
        size_t size;
    } cases[] = {
        DAMAGE("\x00"),
        DAMAGE("?"),
        DAMAGE("k\xFF\xFF\x03\x01"),                         /* no such control */
        DAMAGE("k\x2C\x03"),                                 /* no such value */
        DAMAGE("k\x2C\x02\x00\x00\xC0\x7F"),                 /* not a number */
        DAMAGE("k\x2C\x02\x00\x00\x00\x40"),                 /* 2 */
        DAMAGE("k\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), /* a number without end */
        DAMAGE("p\x00\x00\x80\x7F\x00\x00\x00\x00"),         /* infinity */
        DAMAGE("f\x02"),
        DAMAGE("t\x02"
               "ab!"), /* no zero behind it */
        DAMAGE("t\x02"
               "a\0\0"),            /* a zero in it */
        DAMAGE("t\x01\xFF\0"),      /* no UTF-8 */
        DAMAGE("t\x80\x02"),        /* too long */
        DAMAGE("a\x01x\0\x63\0\0"), /* no such status */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MpRecordReader reader = mp_recording_reader(cases[i].bytes, cases[i].size);
        MpRecord record;
        MpError error;
        cr_expect_eq(mp_recording_read(&reader, &record, &error), MP_READ_DAMAGED, "case %zu", i);
        cr_expect_str_eq(error.message, "the recording is damaged at byte 0");
    }
}
