#include "recording/recording.h"

#include <string.h>
#include <zlib.h>

MpRecordWriter mp_recording_writer(FILE *file) { return (MpRecordWriter){.file = file}; }

static void write_bytes(MpRecordWriter *to, const void *bytes, size_t size)
{
    to->sum = (uint32_t)crc32_z(to->sum, bytes, size);
    fwrite(bytes, 1, size, to->file);
}

static void write_byte(MpRecordWriter *to, unsigned byte)
{
    const unsigned char one = (unsigned char)byte;
    write_bytes(to, &one, 1);
}

static void write_number(MpRecordWriter *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        write_byte(to, (unsigned)(number & 0x7F) | 0x80);
    write_byte(to, (unsigned)number);
}

static void write_fixed(MpRecordWriter *to, uint64_t number, int bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        write_byte(to, (unsigned)(number & 0xFF));
}

/* Of all bytes before it. */
static void write_sum(MpRecordWriter *to) { write_fixed(to, to->sum, 4); }

static void write_float(MpRecordWriter *to, float number)
{
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    write_fixed(to, bits, 4);
}

static void write_text(MpRecordWriter *to, const char *text)
{
    size_t length = strlen(text);
    write_number(to, length);
    write_bytes(to, text, length + 1);
}

/* Most values are 0 or 1; others are a 2 and a float. */
static void write_value(MpRecordWriter *to, float value)
{
    bool whole = value == 0 || value == 1;
    write_byte(to, whole ? (unsigned)value : 2);
    if (!whole)
        write_float(to, value);
}

static void write_signal(MpRecordWriter *to, const MpSignal *signal)
{
    write_byte(to, (unsigned char)MP_RECORDING_SIGNALS[signal->kind]);
    switch (signal->kind) {
    case MP_SIGNAL_CONTROL:
        write_number(to, (uint64_t)signal->number);
        write_value(to, signal->x);
        break;
    case MP_SIGNAL_POINTER:
    case MP_SIGNAL_WHEEL:
        write_float(to, signal->x);
        write_float(to, signal->y);
        break;
    case MP_SIGNAL_TEXT:
        write_text(to, signal->text);
        break;
    default:
        write_number(to, (uint64_t)signal->number);
        break;
    }
}

static void write_frame(MpRecordWriter *to, const MpRecord *record)
{
    bool has_alpha = record->alpha != MP_RECORDING_WHOLE;
    write_byte(to, MP_RECORDING_FRAME | record->steps | (has_alpha ? MP_RECORDING_HAS_ALPHA : 0u));
    if (has_alpha)
        write_fixed(to, record->alpha, 2);
}

static void write_answer(MpRecordWriter *to, const MpRecord *record)
{
    write_byte(to, MP_RECORDING_ANSWER);
    write_text(to, record->question);
    write_number(to, (uint64_t)record->status);
    write_text(to, record->text);
}

void mp_recording_write(MpRecordWriter *to, const MpRecord *record)
{
    switch (record->kind) {
    case MP_RECORD_SIGNAL:
        write_signal(to, &record->signal);
        break;
    case MP_RECORD_FRAME:
        write_frame(to, record);
        break;
    case MP_RECORD_ANSWER:
        write_answer(to, record);
        break;
    case MP_RECORD_NOTE:
        write_byte(to, MP_RECORDING_NOTE);
        write_text(to, record->text);
        break;
    default:
        write_byte(to, record->kind == MP_RECORD_CHECK ? MP_RECORDING_CHECK : MP_RECORDING_END);
        write_number(to, record->step);
        write_fixed(to, record->checksum, 8);
        write_sum(to);
        break;
    }
}

void mp_recording_write_head(MpRecordWriter *to, const char *header)
{
    write_bytes(to, MP_RECORDING_MAGIC, strlen(MP_RECORDING_MAGIC));
    write_text(to, header);
    write_sum(to);
}

void mp_recording_close(MpRecordWriter *to)
{
    write_sum(to);
    write_bytes(to, MP_RECORDING_TRAILER, strlen(MP_RECORDING_TRAILER));
}
