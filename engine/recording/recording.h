/*
 * recording/recording.h - the file format of a recorded session: what happened to a game, in order.
 *
 *     FILE *file = fopen("session.rec", "wb");
 *     MpRecordWriter to = mp_recording_writer(file);
 *     mp_recording_write_header(&to, &header, &error);
 *     mp_recording_write(&to, &(MpRecord){.kind = MP_RECORD_SIGNAL, .signal = signal});
 *     mp_recording_write(&to, &(MpRecord){.kind = MP_RECORD_FRAME, .steps = 1, .alpha = 65535});
 *     fflush(file);
 *     mp_recording_close(&to);
 *
 *     MpRecordReader reader = mp_recording_reader(bytes, size);
 *     MpRecordingHeader header;
 *     if (mp_recording_read_header(&reader, &header, &error))
 *         while (mp_recording_read(&reader, &record, &error) == MP_READ_RECORD)
 *             play(&record);
 *
 * A recording is written as the session goes on, so that one that was cut off, by a crash or a full
 * disk, is good up to the cut. Only changes are written: a step in which nothing happens is a byte.
 *
 * The file: the line "moonpatch-recording 2", the header as a text with JSON and a sum, records,
 * each a letter and what belongs to it, and, if it was not cut off, a sum and the line "the end".
 * Numbers are LEB128, floats four bytes, both with the lowest first; a text is its length, its
 * bytes and a zero byte. A frame is one byte from 0x80 on: its steps, and whether two bytes of
 * alpha follow.
 *
 * Glossary
 *   signal     what the player did, see input/signal.h
 *   frame      so many steps, and a picture of a moment `alpha` 65535ths between the last two
 *   answer     what came from outside the game, see outside/outside.h
 *   note       a change to the game's code while it was recorded, in words
 *   check      what the game's state came to after so many steps, and a sum
 *   sum        CRC-32 of all bytes of the file before it
 *
 * Thread: any, one at a time per file.
 */
#ifndef MP_RECORDING_H
#define MP_RECORDING_H

#include "input/signal.h"
#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct json_t;

/**
 * Largest recording, header and question that are read, most steps of a frame, alpha of a whole
 * step.
 */
enum {
    MP_RECORDING_SIZE_LIMIT = 256 << 20,
    MP_RECORDING_HEADER_LIMIT = 1 << 20,
    MP_RECORDING_QUESTION_LIMIT = 160, /* rename, and two names of saved files */
    MP_RECORDING_STEP_LIMIT = 63,
    MP_RECORDING_WHOLE = 65535,
};

/** What must be the same for a session to be the same. */
typedef struct MpRecordingHeader {
    char program[64]; /**< "moonbase 1.0" */
    uint32_t seed;
    bool autoplay;
    struct json_t *files; /**< Path of each script and patch: its hash. */
} MpRecordingHeader;

/** Frees what is inside. */
void mp_recording_header_finish(MpRecordingHeader *header);

typedef enum MpRecordKind {
    MP_RECORD_SIGNAL, /**< `signal` */
    MP_RECORD_FRAME,  /**< `steps`, `alpha` */
    MP_RECORD_ANSWER, /**< `question`, `status`, `text`: the answer, or why there was none. */
    MP_RECORD_NOTE,   /**< `text` */
    MP_RECORD_CHECK,  /**< `step`: how many there were so far, `checksum`. */
    MP_RECORD_END,    /**< The same; only answers to the game's last questions follow. */
} MpRecordKind;

/** Texts are any bytes without a zero, that of a signal UTF-8; whoever's the record is. */
typedef struct MpRecord {
    MpRecordKind kind;
    MpSignal signal;
    unsigned steps; /**< Up to MP_RECORDING_STEP_LIMIT. */
    unsigned alpha; /**< Up to MP_RECORDING_WHOLE. */
    uint64_t step;
    uint64_t checksum;
    MpStatus status;
    const char *question;
    const char *text;
} MpRecord;

/* ---- writing; what went wrong with the file is seen by ferror(file) ------------------------- */

typedef struct MpRecordWriter {
    FILE *file;   /**< Borrowed. */
    uint32_t sum; /**< Of what was written. */
} MpRecordWriter;

/** Writes to a file that is empty so far. */
MpRecordWriter mp_recording_writer(FILE *file);

/** Errors: MP_MEMORY, MP_LIMIT. */
bool mp_recording_write_header(MpRecordWriter *to, const MpRecordingHeader *header, MpError *error);

void mp_recording_write(MpRecordWriter *to, const MpRecord *record);

/** The end, by which a reader knows that nothing was cut off. The file stays open. */
void mp_recording_close(MpRecordWriter *to);

/* ---- reading ------------------------------------------------------------------------------ */

typedef struct MpRecordReader {
    const uint8_t *start, *at, *end;
    const uint8_t *summed; /**< `sum` is that of the bytes before it. */
    uint32_t sum;
} MpRecordReader;

/** Reads `bytes`, which are borrowed. */
MpRecordReader mp_recording_reader(const void *bytes, size_t size);

/**
 * Checks the whole file, if it was not cut off, and reads the header; the caller passes it to
 * mp_recording_header_finish.
 * Errors: MP_FORMAT for what is no recording, is damaged, is cut off within its header, or is of
 * another version; MP_LIMIT.
 */
bool mp_recording_read_header(MpRecordReader *reader, MpRecordingHeader *header, MpError *error);

typedef enum MpReadResult {
    MP_READ_RECORD,
    MP_READ_OVER,    /**< The file ends, maybe within a record. */
    MP_READ_DAMAGED, /**< MP_FORMAT, with the place. */
} MpReadResult;

/**
 * Reads the next record, whose numbers are then in range. Its texts are the bytes that are read.
 * After anything but MP_READ_RECORD the answer stays the same.
 */
MpReadResult mp_recording_read(MpRecordReader *reader, MpRecord *record, MpError *error);

/* ---- for the files of this folder ----------------------------------------------------------- */

#define MP_RECORDING_KIND    "moonpatch-recording "
#define MP_RECORDING_MAGIC   MP_RECORDING_KIND "2\n"
#define MP_RECORDING_TRAILER "the end\n"

/** The letters of answer, note, check and end; and of signals, in the order of their kinds. */
enum {
    MP_RECORDING_ANSWER = 'a',
    MP_RECORDING_NOTE = 'n',
    MP_RECORDING_CHECK = 'c',
    MP_RECORDING_END = 'e',
};
#define MP_RECORDING_SIGNALS "krpwtfg"
/** Of a frame's byte. */
enum { MP_RECORDING_FRAME = 0x80, MP_RECORDING_HAS_ALPHA = 0x40 };

/** The first line, and the header's text with its sum. */
void mp_recording_write_head(MpRecordWriter *to, const char *header);

/** That text, borrowed from the reader; NULL at the end (`*damaged` is left) or at damage. */
const char *mp_recording_read_head(MpRecordReader *reader, size_t limit, bool *damaged);

/**
 * Takes what mp_recording_close() wrote off the end. False: the bytes before it are others than
 * they were. Of a file that was cut off nobody can tell.
 */
bool mp_recording_check_whole(MpRecordReader *reader);

#endif
