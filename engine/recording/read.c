/*
 * read.c - the records of a file that anybody may have written.
 *
 * Reading sets one of two marks when it cannot go on: `over` where the file ends, `damaged` where
 * it says what cannot be. What is read after a mark is zero.
 */
#include "recording/recording.h"

#include "input/control.h"
#include "text/utf8.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

enum { TEXT_LIMIT = 1 << 20, GAMEPAD_LIMIT = 64, SUM_SIZE = 4 };

typedef struct Take {
    MpRecordReader *reader;
    bool over;
    bool damaged;
} Take;

MpRecordReader mp_recording_reader(const void *bytes, size_t size)
{
    const uint8_t *start = bytes;
    return (MpRecordReader){.start = start, .at = start, .end = start + size, .summed = start};
}

static bool is_fine(const Take *take) { return !take->over && !take->damaged; }

static void check(Take *take, bool holds) { take->damaged |= is_fine(take) && !holds; }

/* ---- parts -------------------------------------------------------------------------------- */

static unsigned take_byte(Take *take)
{
    take->over |= take->reader->at == take->reader->end;
    return is_fine(take) ? *take->reader->at++ : 0;
}

static uint64_t take_fixed(Take *take, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number |= (uint64_t)take_byte(take) << 8 * i;
    return number;
}

static uint64_t take_number(Take *take, uint64_t limit)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
        unsigned byte = take_byte(take);
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            check(take, number <= limit);
            return is_fine(take) ? number : 0;
        }
    }
    take->damaged = true;
    return 0;
}

static float take_float(Take *take, float low, float high)
{
    uint32_t bits = (uint32_t)take_fixed(take, 4);
    float number;
    memcpy(&number, &bits, sizeof number);
    bool fits = number >= low && number <= high;
    check(take, fits);
    return fits ? number : 0;
}

static bool is_utf8(const char *text)
{
    while (*text) {
        const char *before = text;
        if (mp_utf8_next(&text) == MP_UTF8_REPLACEMENT && text - before != 3)
            return false;
    }
    return true;
}

static const char *take_text(Take *take, size_t limit)
{
    size_t length = (size_t)take_number(take, limit);
    MpRecordReader *reader = take->reader;
    take->over |= (size_t)(reader->end - reader->at) <= length;
    if (!is_fine(take))
        return "";
    const char *text = (const char *)reader->at;
    check(take, text[length] == '\0' && strlen(text) == length);
    reader->at += length + 1;
    return is_fine(take) ? text : "";
}

/* Of all bytes before it. */
static void take_sum(Take *take)
{
    MpRecordReader *reader = take->reader;
    const uint8_t *at = reader->at;
    uint32_t wanted = (uint32_t)take_fixed(take, SUM_SIZE);
    if (!is_fine(take))
        return;
    reader->sum = (uint32_t)crc32_z(reader->sum, reader->summed, (size_t)(at - reader->summed));
    reader->summed = at;
    check(take, reader->sum == wanted);
}

const char *mp_recording_read_head(MpRecordReader *reader, size_t limit, bool *damaged)
{
    Take take = {.reader = reader};
    const char *text = take_text(&take, limit);
    take_sum(&take);
    *damaged |= take.damaged;
    return is_fine(&take) ? text : NULL;
}

bool mp_recording_check_whole(MpRecordReader *reader)
{
    const size_t length = strlen(MP_RECORDING_TRAILER),
                 size = (size_t)(reader->end - reader->start);
    if (size < SUM_SIZE + length || memcmp(reader->end - length, MP_RECORDING_TRAILER, length) != 0)
        return true;
    MpRecordReader last = mp_recording_reader(reader->start, size - length);
    reader->end = last.at = last.end - SUM_SIZE;
    Take take = {.reader = &last};
    take_sum(&take);
    return is_fine(&take);
}

/* ---- records ------------------------------------------------------------------------------ */

static float take_value(Take *take)
{
    unsigned value = take_byte(take);
    check(take, value <= 2);
    return value == 2 ? take_float(take, 0, 1) : (float)value;
}

static void take_signal(Take *take, MpSignal *signal)
{
    static const uint64_t limits[MP_SIGNAL_KINDS] = {
        [MP_SIGNAL_CONTROL] = MP_CONTROL_PULSE - 1,
        [MP_SIGNAL_REPEAT] = MP_CONTROL_MOUSE - 1,
        [MP_SIGNAL_FOCUS] = 1,
        [MP_SIGNAL_GAMEPADS] = GAMEPAD_LIMIT,
    };
    static const float FARTHEST = 1e6f;
    switch (signal->kind) {
    case MP_SIGNAL_POINTER:
    case MP_SIGNAL_WHEEL:
        signal->x = take_float(take, -FARTHEST, FARTHEST);
        signal->y = take_float(take, -FARTHEST, FARTHEST);
        break;
    case MP_SIGNAL_TEXT:
        signal->text = take_text(take, MP_SIGNAL_TEXT_SIZE - 1);
        check(take, is_utf8(signal->text));
        break;
    default:
        signal->number = (int)take_number(take, limits[signal->kind]);
        if (signal->kind == MP_SIGNAL_CONTROL)
            signal->x = take_value(take);
        break;
    }
}

static void take_frame(Take *take, unsigned byte, MpRecord *record)
{
    record->kind = MP_RECORD_FRAME;
    record->steps = byte & MP_RECORDING_STEP_LIMIT;
    record->alpha = MP_RECORDING_WHOLE;
    if (byte & MP_RECORDING_HAS_ALPHA)
        record->alpha = (unsigned)take_fixed(take, 2);
}

static void take_answer(Take *take, MpRecord *record)
{
    record->kind = MP_RECORD_ANSWER;
    record->question = take_text(take, MP_RECORDING_QUESTION_LIMIT);
    record->status = (MpStatus)take_number(take, MP_DEVICE);
    record->text = take_text(take, TEXT_LIMIT);
}

static void take_rest(Take *take, unsigned letter, MpRecord *record)
{
    const char *signal = letter ? strchr(MP_RECORDING_SIGNALS, (int)letter) : NULL;
    if (letter & MP_RECORDING_FRAME) {
        take_frame(take, letter, record);
    } else if (signal) {
        record->kind = MP_RECORD_SIGNAL;
        record->signal.kind = (MpSignalKind)(signal - MP_RECORDING_SIGNALS);
        take_signal(take, &record->signal);
    } else if (letter == MP_RECORDING_ANSWER) {
        take_answer(take, record);
    } else if (letter == MP_RECORDING_NOTE) {
        record->kind = MP_RECORD_NOTE;
        record->text = take_text(take, TEXT_LIMIT);
    } else {
        check(take, letter == MP_RECORDING_CHECK || letter == MP_RECORDING_END);
        record->kind = letter == MP_RECORDING_CHECK ? MP_RECORD_CHECK : MP_RECORD_END;
        record->step = take_number(take, INT64_MAX);
        record->checksum = take_fixed(take, 8);
        take_sum(take);
    }
}

MpReadResult mp_recording_read(MpRecordReader *reader, MpRecord *record, MpError *error)
{
    const uint8_t *before = reader->at;
    Take take = {.reader = reader};
    *record = (MpRecord){.question = "", .text = "", .signal.text = ""};
    unsigned letter = take_byte(&take);
    if (is_fine(&take))
        take_rest(&take, letter, record);
    if (is_fine(&take))
        return MP_READ_RECORD;
    reader->at = before;
    if (!take.damaged)
        return MP_READ_OVER;
    mp_error_set(error, MP_FORMAT, "the recording is damaged at byte %zu",
                 (size_t)(before - reader->start));
    return MP_READ_DAMAGED;
}
