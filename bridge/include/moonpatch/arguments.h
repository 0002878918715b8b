/*
 * moonpatch/arguments.h - any number of Lua values for a function of C that asks for them.
 *
 * A declared function that ends in an `MpArguments *` (before its MpError, if it has one) takes
 * what a script passes beyond its other parameters; a patch of it gets them as `...`.
 *
 *     MP_METHOD void console_print(Console *self, int colour, MpArguments *arguments);
 *
 *     void MP_NATIVE(console_print)(Console *self, int colour, MpArguments *arguments)
 *     {
 *         for (int i = 1; i <= arguments->count; i++) {
 *             const char *text = mp_arguments_string(arguments, i, NULL);
 *             if (!text)
 *                 return; // the script gets "Console.print: argument 2 of ...: string expected,
 * got 3"
 *             ...
 *         }
 *     }
 *
 * C calls it as well, with a list of its own:
 *
 *     console_print(console, RED, MP_ARGUMENTS(mp_argument_string("score"),
 * mp_argument_number(7)));
 *
 * Arguments are numbered from 1. Everything belongs to the caller and is valid during the call.
 * Thread: a list is used by one thread at a time.
 */
#ifndef MOONPATCH_ARGUMENTS_H
#define MOONPATCH_ARGUMENTS_H

#include "moonpatch/object.h"

#include <string.h>

typedef enum MpArgumentType {
    MP_ARGUMENT_NIL,
    MP_ARGUMENT_BOOL,
    MP_ARGUMENT_NUMBER,
    MP_ARGUMENT_INT64,  /**< A 64-bit integer such as 5LL. */
    MP_ARGUMENT_UINT64, /**< One such as 5ULL. */
    MP_ARGUMENT_STRING,
    MP_ARGUMENT_OBJECT,
    MP_ARGUMENT_OTHER, /**< A table, a function, a value: C can only hand it on. */
} MpArgumentType;

/** One value. */
typedef struct MpArgument {
    MpArgumentType type;
    size_t length; /**< Of the string, bytes. */
    union {
        bool boolean;
        double number;
        int64_t int64;
        uint64_t uint64;
        const char *string; /**< Any bytes; a zero byte follows. Of others: what to call it. */
        MpObject *object;   /**< Not NULL: that is MP_ARGUMENT_NIL. */
    };
} MpArgument;

/** The values of one call. A list of C's own needs only the first two members. */
typedef struct MpArguments {
    int count;
    const MpArgument *list;

    /* The bridge's. */
    struct MpVm *vm; /**< Where they come from. */
    int others;      /**< Registry reference: the Lua values, if some are MP_ARGUMENT_OTHER. */
    int bad;         /**< The first argument that was not what C expected; 0: none. */
    char expected[64];
} MpArguments;

/** What the argument is; MP_ARGUMENT_NIL beyond the last one. */
MpArgumentType mp_arguments_type(const MpArguments *arguments, int index);

/*
 * Each of these reads one argument. When it is something else, false or NULL comes back, nothing
 * is written, and the script's call raises an error as soon as the body returns. The first such
 * argument is the one that is reported. A caller in C finds its number in `arguments->bad`.
 */

/** A number. */
bool mp_arguments_number(MpArguments *arguments, int index, double *number);

/** A whole number that fits. */
bool mp_arguments_int(MpArguments *arguments, int index, int *number);

/** A 64-bit integer, or a whole number that fits; exact. */
bool mp_arguments_int64(MpArguments *arguments, int index, int64_t *number);
bool mp_arguments_uint64(MpArguments *arguments, int index, uint64_t *number);

bool mp_arguments_bool(MpArguments *arguments, int index, bool *boolean);

/** A string; `length` may be NULL. Of any bytes if `length` is given, else without a zero byte. */
const char *mp_arguments_string(MpArguments *arguments, int index, size_t *length);

/** An object of that class or one derived from it: `(Enemy *)mp_arguments_object(...)`. */
MpObject *mp_arguments_object(MpArguments *arguments, int index, const MpClass *class_of);

/* ---- lists of C's own --------------------------------------------------------------------- */

static inline MpArgument mp_argument_number(double number)
{
    return (MpArgument){.type = MP_ARGUMENT_NUMBER, .number = number};
}

static inline MpArgument mp_argument_bool(bool boolean)
{
    return (MpArgument){.type = MP_ARGUMENT_BOOL, .boolean = boolean};
}

static inline MpArgument mp_argument_int64(int64_t number)
{
    return (MpArgument){.type = MP_ARGUMENT_INT64, .int64 = number};
}

static inline MpArgument mp_argument_uint64(uint64_t number)
{
    return (MpArgument){.type = MP_ARGUMENT_UINT64, .uint64 = number};
}

/** Text; nil for NULL. */
static inline MpArgument mp_argument_string(const char *text)
{
    if (!text)
        return (MpArgument){.type = MP_ARGUMENT_NIL};
    return (MpArgument){.type = MP_ARGUMENT_STRING, .length = strlen(text), .string = text};
}

/** A registered object; nil for NULL. */
static inline MpArgument mp_argument_object(MpObject *object)
{
    return (MpArgument){.type = object ? MP_ARGUMENT_OBJECT : MP_ARGUMENT_NIL, .object = object};
}

/** A list for one call: `MP_ARGUMENTS(mp_argument_number(1), ...)`. */
#define MP_ARGUMENTS(...)                                                                     \
    (&(MpArguments){.count = (int)(sizeof((MpArgument[]){__VA_ARGS__}) / sizeof(MpArgument)), \
                    .list = (const MpArgument[]){__VA_ARGS__}})

#endif
