#include "options.h"

#include "message.h"
#include "text/nearest.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 64 };

static const MpOption *find(const MpOption *options, const char *name)
{
    for (; options->name; options++) {
        if (strcmp(options->name, name) == 0)
            return options;
    }
    return NULL;
}

static bool add(MpWords *words, const char *word)
{
    if (words->count == MP_WORDS_LIMIT)
        return false;
    words->items[words->count++] = word;
    return true;
}

/* A number with `unit` behind it or not. */
static bool read_number(const char *text, const char *unit, long most, long *number)
{
    char *end;
    errno = 0;
    long read = strtol(text, &end, 10);
    bool whole = end != text && (!*end || strcmp(end, unit) == 0);
    if (!whole || errno || read < 0 || read > most || strspn(text, " +-"))
        return false;
    *number = read;
    return true;
}

bool mp_options_percent(const char *text, long *percent)
{
    return read_number(text, "%", 100, percent);
}

/* What was expected instead of `value`; NULL: it was taken. */
static const char *take(const MpOption *option, const char *value, void *place)
{
    switch (option->kind) {
    case MP_OPTION_FLAG:
        *(bool *)place = true;
        return NULL;
    case MP_OPTION_TEXT:
        *(const char **)place = value;
        return NULL;
    case MP_OPTION_LIST:
        return add(place, value) ? NULL : "fewer of these";
    case MP_OPTION_NUMBER:
        return read_number(value, "", LONG_MAX, place) ? NULL : "a number";
    default:
        return mp_options_percent(value, place) ? NULL : MP_OPTIONS_PERCENT;
    }
}

static int unknown(const char *command, const MpOption *options, const char *word)
{
    const char *names[MOST_OPTIONS + 1] = {NULL};
    for (size_t i = 0; i < MOST_OPTIONS && options[i].name; i++)
        names[i] = options[i].name;
    const char *meant = mp_text_nearest(word, names);
    if (meant)
        return mp_cli_misused("%s: unknown option '%s' (did you mean '%s'?)", command, word, meant);
    return mp_cli_misused("%s: unknown option '%s'; see moonpatch %s --help", command, word,
                          command);
}

int mp_options_read(const char *command, const MpOption *options, char **argv, void *order,
                    MpWords *words)
{
    bool reading = true;
    for (; *argv; argv++) {
        const char *word = *argv;
        if (reading && strcmp(word, "--") == 0) {
            reading = false;
            continue;
        }
        if (!reading || word[0] != '-') {
            if (!add(words, word))
                return mp_cli_misused("%s: more than %d words", command, MP_WORDS_LIMIT);
            continue;
        }
        const MpOption *option = find(options, word);
        if (!option)
            return unknown(command, options, word);
        if (option->kind != MP_OPTION_FLAG && !*++argv)
            return mp_cli_misused("%s: %s: its value is missing", command, word);
        const char *expected = take(option, *argv, (char *)order + option->place);
        if (expected)
            return mp_cli_misused("%s: %s: %s expected, not '%s'", command, word, expected, *argv);
    }
    return 0;
}
