/*
 * moonpatch/failure.h - what went wrong in the game's scripts, told at length.
 *
 *     if (!mp_vm_call(vm, "main", "update", &error, "n", 1.0 / 60)) {
 *         const MpFailure *failure = mp_vm_failure(vm);
 *         if (failure)
 *             show(failure->message, failure->source, failure->line, failure->trace);
 *     }
 *
 * It is written where the error was raised, so that the values of that moment are in it. No script
 * code runs for it: of a table, its first entries are told as they are, of an object its class.
 */
#ifndef MOONPATCH_FAILURE_H
#define MOONPATCH_FAILURE_H

typedef struct MpVm MpVm;

enum {
    MP_FAILURE_MESSAGE_SIZE = 1024,
    MP_FAILURE_SOURCE_SIZE = 160,
    MP_FAILURE_FUNCTION_SIZE = 40,
    MP_FAILURE_TRACE_SIZE = 4096
};

/** An error of the game's scripts. All texts are anybody's bytes, and cut if too long. */
typedef struct MpFailure {
    char message[MP_FAILURE_MESSAGE_SIZE]; /**< Without a traceback. */
    char source[MP_FAILURE_SOURCE_SIZE];   /**< "scripts/main.lua"; "": not known. */
    int line;                              /**< In it, from 1; 0: not known. */
    /** The outermost function of the game that was open: "update" of "main.update"; "": no name. */
    char function[MP_FAILURE_FUNCTION_SIZE];
    /**
     * The calls that were open, innermost first: "scripts/main.lua:12: in main.update", and below
     * each its locals, "    speed = 3.5", of the first also what it has from around it,
     * "    score = 7 (upvalue)". Those of the host's library are left out, unless there are no
     * others. "": none, as when a file does not parse.
     */
    char trace[MP_FAILURE_TRACE_SIZE];
} MpFailure;

/**
 * Why the last mp_vm_call() or mp_vm_require() failed; NULL when it did not, or when a patch was to
 * blame, against which it was counted.
 * Ownership: the VM's, until the next of these calls.
 */
const MpFailure *mp_vm_failure(const MpVm *vm);

#endif
