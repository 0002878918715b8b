/*
 * patches/wire.h - what a rehearsal's two processes say to one another.
 *
 * The game writes the files to the child's standard input:
 *
 *     3                               how many follow
 *     accepted 0 120 gold.zip         role, number, size, name; then that many bytes
 *     new 1 33 fix.lua
 *     new 2 512 shield.lua
 *
 * The child answers on its standard output, a line each:
 *
 *     ready                           it has started, and applied the accepted files
 *     staging 1                       from here on file 1 is to blame
 *     staging 2
 *     refused 1 fix.lua:2: oops       or runaway, memory, migration: what it did
 *     passed 2
 *     done                            and it ends
 */
#ifndef MP_PATCHES_WIRE_H
#define MP_PATCHES_WIRE_H

#include "patches/rehearsal.h"

#include <stdio.h>

/**
 * The child's exit codes when it did not come to the end; the file staged last is to blame. Code
 * that ends the process by itself hardly takes these.
 */
enum { MP_WIRE_NOT_READY = 81, MP_WIRE_NO_VERDICT = 82, MP_WIRE_NO_MEMORY = 83 };

/** Longest line either way, with its end. */
enum { MP_WIRE_LINE = 1024 };

/** Writes the line before a file's bytes, or "" when its name does not fit. Thread: any. */
void mp_wire_head(char line[MP_WIRE_LINE], const MpRehearsalFile *file, size_t number);

/** A file as the child gets it. */
typedef struct MpWireFile {
    MpRehearsalFile file;
    size_t number;
} MpWireFile;

/**
 * Reads the files. Ownership: never given back; the child ends with them.
 * Errors: NULL when the stream ends early, is none of a rehearsal, or there is no memory.
 */
MpWireFile *mp_wire_read(FILE *stream, size_t *count);

/** What a child has said so far. Nothing in it is trusted. */
typedef struct MpAnswers {
    MpRehearsalVerdict *verdicts; /**< By number: those of this process. */
    const MpRehearsalFile *files; /**< By number; borrowed. */
    size_t count;
    bool ready, done;
    bool broken; /**< It said something that is no answer; nothing after that is read. */
    bool staging;
    size_t current; /**< The file that was staged last, if `staging`. */
    size_t steps;   /**< How often it was ready or staged a file. */
    size_t length;  /**< Of the line that is being received. */
    char line[MP_WIRE_LINE];
} MpAnswers;

/** Forgets what was said; verdicts that are there are kept and cannot be given again. */
void mp_answers_reset(MpAnswers *answers);

/** Takes what was read. Thread: any. */
void mp_answers_feed(MpAnswers *answers, const char *bytes, size_t size);

#endif
