/*
 * patches/rehearsal.h - tries patch files out in a process that may die of it.
 *
 *     MpRehearsal *rehearsal =
 *         mp_rehearsal_create(&(MpRehearsalConfig){.arguments = words}, &error);
 *     mp_rehearsal_start(rehearsal, files, count, &error);
 *     each frame:
 *         const MpRehearsalVerdict *verdicts = mp_rehearsal_poll(rehearsal);
 *         if (verdicts)
 *             apply what passed, refuse the rest with their messages
 *
 * The running program starts itself once more, with arguments that make it rehearse: it limits
 * itself, opens no window, reads the files from a pipe and writes one verdict per file to another.
 * patches/wire.h says how. A file at which it dies is to blame; a second process rehearses the
 * others. All of this happens on a thread of its own: no function here but mp_rehearsal_wait()
 * waits for anything.
 *
 * Nothing that the process writes is trusted. The worst that a lying one does is to say that a
 * file passed.
 *
 * Glossary
 *   accepted   a file that is in effect already: what the others are tried out on
 *   verdict    what became of one file: it passed, or one line that says why not
 *
 * Thread: all functions on one thread.
 */
#ifndef MP_PATCHES_REHEARSAL_H
#define MP_PATCHES_REHEARSAL_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct MpRehearsal MpRehearsal;

/** Files that may end their process before the rest of a set is given up. */
enum { MP_REHEARSAL_DEATHS = 8 };

/** Memory that a process gets for the game's scripts and the files, bytes. */
enum { MP_REHEARSAL_BYTES = 256 << 20 };

/** Zero members mean the default. The texts are borrowed until mp_rehearsal_destroy(). */
typedef struct MpRehearsalConfig {
    const char *program;          /**< This program itself. */
    const char *const *arguments; /**< Behind the program's name; ends with NULL. */
    unsigned start_ms;            /**< 10000: until the process says that it is ready. */
    unsigned file_ms;             /**< 2000: for each file. */
} MpRehearsalConfig;

typedef struct MpRehearsalFile {
    const char *file;  /**< Its name, without control characters. */
    const void *bytes; /**< What is in it: Lua text, or a zip archive. */
    size_t size;
    bool accepted; /**< Is in effect, and gets no verdict. */
} MpRehearsalFile;

typedef enum MpRehearsalCause {
    MP_REHEARSAL_UNDECIDED, /**< Of accepted files. */
    MP_REHEARSAL_PASSED,
    MP_REHEARSAL_REFUSED,   /**< What is in the file is wrong. */
    MP_REHEARSAL_RUNAWAY,   /**< It was stopped by the watchdog of the process. */
    MP_REHEARSAL_MIGRATION, /**< The game's state could not be migrated. */
    MP_REHEARSAL_MEMORY,    /**< It needed more than the limit. */
    MP_REHEARSAL_SLOW,      /**< It took longer than the limit. */
    MP_REHEARSAL_CRASHED,   /**< A signal ended the process. */
    MP_REHEARSAL_ENDED,     /**< The process ended by itself. */
    MP_REHEARSAL_NONSENSE,  /**< The process wrote what is no answer. */
    MP_REHEARSAL_FAILED,    /**< The file never came to its turn; it need not be wrong. */
    MP_REHEARSAL_NO_CHILD,  /**< The system starts no process at all. */
} MpRehearsalCause;

typedef struct MpRehearsalVerdict {
    MpRehearsalCause cause;
    char
        message[MP_ERROR_MESSAGE_SIZE]; /**< One line that starts with the file; "" if it passed. */
} MpRehearsalVerdict;

/**
 * `config` may be NULL: all defaults.
 * Ownership: the caller's, until mp_rehearsal_destroy().
 * Errors: NULL; MP_MEMORY.
 */
MpRehearsal *mp_rehearsal_create(const MpRehearsalConfig *config, MpError *error);

/** Ends what is under way. Takes NULL. */
void mp_rehearsal_destroy(MpRehearsal *rehearsal);

/**
 * Starts to rehearse a set, in the order given. The list is copied; names and bytes are borrowed
 * until mp_rehearsal_poll() has returned verdicts.
 * Errors: false; MP_INVALID while another set is under way, MP_MEMORY, MP_IO.
 */
bool mp_rehearsal_start(MpRehearsal *rehearsal, const MpRehearsalFile *files, size_t count,
                        MpError *error);

/**
 * The verdicts, one per file, as soon as all are there; NULL before, and when nothing was started.
 * They are returned once, and valid until the next start.
 */
const MpRehearsalVerdict *mp_rehearsal_poll(MpRehearsal *rehearsal);

/** Waits until mp_rehearsal_poll() has verdicts; false: not within that many milliseconds. */
bool mp_rehearsal_wait(MpRehearsal *rehearsal, unsigned milliseconds);

#endif
