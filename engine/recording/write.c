#include "recording/recording.h"

#include <string.h>

static void write_number(FILE *file, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        fputc((int)(number & 0x7F) | 0x80, file);
    fputc((int)number, file);
}

static void write_fixed(FILE *file, uint64_t number, int bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        fputc((int)(number & 0xFF), file);
}

static void write_float(FILE *file, float number)
{
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    write_fixed(file, bits, 4);
}

void mp_recording_write_text(FILE *file, const char *text)
{
    size_t length = strlen(text);
    write_number(file, length);
    fwrite(text, 1, length + 1, file);
}

/* Most values are 0 or 1; others are a 2 and a float. */
static void write_value(FILE *file, float value)
{
    bool whole = value == 0 || value == 1;
    fputc(whole ? (int)value : 2, file);
    if (!whole)
        write_float(file, value);
}

static void write_signal(FILE *file, const MpSignal *signal)
{
    fputc(MP_RECORDING_SIGNALS[signal->kind], file);
    switch (signal->kind) {
    case MP_SIGNAL_CONTROL:
        write_number(file, (uint64_t)signal->number);
        write_value(file, signal->x);
        break;
    case MP_SIGNAL_POINTER:
    case MP_SIGNAL_WHEEL:
        write_float(file, signal->x);
        write_float(file, signal->y);
        break;
    case MP_SIGNAL_TEXT:
        mp_recording_write_text(file, signal->text);
        break;
    default:
        write_number(file, (uint64_t)signal->number);
        break;
    }
}

static void write_frame(FILE *file, const MpRecord *record)
{
    bool has_alpha = record->alpha != MP_RECORDING_WHOLE;
    fputc((int)(MP_RECORDING_FRAME | record->steps | (has_alpha ? MP_RECORDING_HAS_ALPHA : 0u)),
          file);
    if (has_alpha)
        write_fixed(file, record->alpha, 2);
}

static void write_answer(FILE *file, const MpRecord *record)
{
    fputc(MP_RECORDING_ANSWER, file);
    mp_recording_write_text(file, record->question);
    write_number(file, (uint64_t)record->status);
    mp_recording_write_text(file, record->text);
}

void mp_recording_write(FILE *file, const MpRecord *record)
{
    switch (record->kind) {
    case MP_RECORD_SIGNAL:
        write_signal(file, &record->signal);
        break;
    case MP_RECORD_FRAME:
        write_frame(file, record);
        break;
    case MP_RECORD_ANSWER:
        write_answer(file, record);
        break;
    case MP_RECORD_NOTE:
        fputc(MP_RECORDING_NOTE, file);
        mp_recording_write_text(file, record->text);
        break;
    default:
        fputc(record->kind == MP_RECORD_CHECK ? MP_RECORDING_CHECK : MP_RECORDING_END, file);
        write_number(file, record->step);
        write_fixed(file, record->checksum, 8);
        break;
    }
}
