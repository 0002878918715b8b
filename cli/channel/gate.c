#include "channel/gate.h"

#include "platform.h"
#include "subcommand.h"

#include <stdint.h>

static void add(char **words, int *count, const char *word)
{
    words[(*count)++] = (char *)(uintptr_t)word;
}

static void add_all(char **words, int *count, const char *option, const MpWords *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (option)
            add(words, count, option);
        add(words, count, values->items[i]);
    }
}

/* What it finds goes to stderr: stdout is for what was published. */
static int lint(const MpGate *gate, const MpWords *sources)
{
    char *words[7 * MP_WORDS_LIMIT + 3];
    int count = 0;
    add_all(words, &count, "--against", &gate->against);
    add_all(words, &count, "--disable", &gate->disabled);
    add_all(words, &count, "--global", &gate->globals);
    if (!gate->strict)
        add(words, &count, "--errors-only");
    add(words, &count, "--");
    add_all(words, &count, NULL, sources);
    words[count] = NULL;
    int output = mp_platform_divert();
    int code = mp_subcommand_lint.run(count, words);
    mp_platform_restore(output);
    return code;
}

static bool fail(MpError *error, MpStatus status, const char *what)
{
    mp_error_set(error, status, "%s", what);
    return false;
}

bool mp_gate_passes(const MpGate *gate, const MpWords *sources, MpError *error)
{
    if (gate->force && gate->strict)
        return fail(error, MP_INVALID, "either --force, which lets errors pass, or --strict");
    if (sources->count == 0 || (gate->force && gate->against.count == 0))
        return true;
    if (gate->against.count == 0)
        return fail(error, MP_INVALID,
                    "against which API are the patches checked? name its manifest: --against "
                    "NAME.api.json; or --force to publish them unchecked");
    int code = lint(gate, sources);
    if (code == MP_EXIT_USAGE)
        return fail(error, MP_INVALID, "lint could not check the patches");
    if (code == MP_EXIT_OK || gate->force)
        return true;
    return fail(error, MP_REFUSED,
                gate->strict ? "lint found something: correct it, or silence it where it stands, "
                               "or leave out --strict if it is warnings only; nothing was published"
                             : "lint found errors: correct them, or silence them where they stand, "
                               "or publish with --force; nothing was published");
}
