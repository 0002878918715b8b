#include "app/options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_SMALLEST = 64, SIZE_LIMIT = 16384 }; /* pixels */

enum Flag {
    FLAG_HEADLESS = 256,
    FLAG_FRAMES,
    FLAG_SEED,
    FLAG_AUTOPLAY,
    FLAG_PATCH_DIR,
    FLAG_PLUGIN_DIR,
    FLAG_REHEARSAL,
    FLAG_REHEARSE,
    FLAG_RELEASE_DIR,
    FLAG_USER_DIR,
    FLAG_CHANNEL_URL,
    FLAG_NO_UPDATES,
    FLAG_SCREENSHOT,
    FLAG_REPORT,
    FLAG_RECORD,
    FLAG_REPLAY,
    FLAG_NO_JIT,
    FLAG_SIZE,
    FLAG_SCRIPT,
    FLAG_METRICS_PORT,
    FLAG_VERSION,
    FLAG_HELP,
};

static const struct FlagHelp {
    const char *name;
    const char *argument; /* NULL: none */
    int flag;
    const char *help;         /* NULL: the program's own, not for people */
    MpOptionsProgram program; /* has it */
} flags[] = {
    {"script", "FILE.lua", FLAG_SCRIPT, "the server's main script", MP_OPTIONS_HOST},
    {"metrics-port", "N", FLAG_METRICS_PORT,
     "serve metrics on that port of 127.0.0.1; 0: one that is free", MP_OPTIONS_HOST},
    {"headless", NULL, FLAG_HEADLESS, "play without a display, as fast as the machine can",
     MP_OPTIONS_GAME},
    {"frames", "N", FLAG_FRAMES, "stop after N frames", MP_OPTIONS_GAME},
    {"seed", "N", FLAG_SEED, "seed of all chance; the same seed and inputs give the same game",
     MP_OPTIONS_BOTH},
    {"autoplay", NULL, FLAG_AUTOPLAY, "let the autopilot play", MP_OPTIONS_GAME},
    {"patch-dir", "DIR", FLAG_PATCH_DIR,
     "folder whose patches are applied while the program runs (default: patch)", MP_OPTIONS_BOTH},
    {"plugin-dir", "DIR", FLAG_PLUGIN_DIR, "folder of plugins to load at the start",
     MP_OPTIONS_BOTH},
    {"rehearsal", "on|off", FLAG_REHEARSAL,
     "try patches out in a process of their own first (default: on); off: bad ones run until they "
     "fail",
     MP_OPTIONS_BOTH},
    {"rehearse", "PID", FLAG_REHEARSE, NULL, MP_OPTIONS_BOTH},
    {"release-dir", "DIR", FLAG_RELEASE_DIR, NULL, MP_OPTIONS_BOTH},
    {"user-dir", "DIR", FLAG_USER_DIR, "folder for saves and logs (default: the system's place)",
     MP_OPTIONS_BOTH},
    {"channel-url", "URL", FLAG_CHANNEL_URL,
     "take updates from there (default: what its channel/channel.json says)", MP_OPTIONS_BOTH},
    {"no-updates", NULL, FLAG_NO_UPDATES, "take no updates, and start without those taken before",
     MP_OPTIONS_BOTH},
    {"screenshot", "FILE.png", FLAG_SCREENSHOT, "write the last picture", MP_OPTIONS_GAME},
    {"report", "FILE.json", FLAG_REPORT, "write figures of the run and of its patches",
     MP_OPTIONS_GAME},
    {"record", "FILE", FLAG_RECORD, "write what happens to FILE, to play it again",
     MP_OPTIONS_GAME},
    {"replay", "FILE", FLAG_REPLAY, "play the session again that was recorded in FILE",
     MP_OPTIONS_GAME},
    {"no-jit", NULL, FLAG_NO_JIT, "interpret scripts, never compile them", MP_OPTIONS_BOTH},
    {"size", "WxH", FLAG_SIZE, "size of the window, pixels", MP_OPTIONS_GAME},
    {"version", NULL, FLAG_VERSION, "print versions and exit", MP_OPTIONS_BOTH},
    {"help", NULL, FLAG_HELP, "print this and exit", MP_OPTIONS_BOTH},
};

enum { FLAG_COUNT = sizeof flags / sizeof *flags };

static bool is_of(const struct FlagHelp *flag, MpOptionsProgram program)
{
    return flag->program == MP_OPTIONS_BOTH || flag->program == program;
}

void mp_options_print_help(FILE *stream, const char *name, MpOptionsProgram program)
{
    fprintf(stream, "usage: %s %s\n\n", name,
            program == MP_OPTIONS_HOST ? "--script FILE.lua [options]" : "[options]");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (!flags[i].help || !is_of(&flags[i], program))
            continue;
        char left[40];
        snprintf(left, sizeof left, "--%s%s%s", flags[i].name, flags[i].argument ? " " : "",
                 flags[i].argument ? flags[i].argument : "");
        fprintf(stream, "  %-24s %s\n", left, flags[i].help);
    }
    fprintf(stream, "\nexit code: 0 well, 1 the program failed, 2 the command line or the "
                    "installation is wrong\n");
}

/* ---- values ------------------------------------------------------------------------------- */

static bool parse_number(const char *flag, const char *text, long low, long high, long *number,
                         MpError *error)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    bool bare = isdigit((unsigned char)*text); /* strtol would take spaces and signs as well */
    if (errno || !bare || *end || value < low || value > high) {
        mp_error_set(error, MP_INVALID, "--%s takes a whole number from %ld to %ld, not '%s'", flag,
                     low, high, text);
        return false;
    }
    *number = value;
    return true;
}

/* Digits only; leaves `*text` behind them. Negative: there are none, or too many. */
static int take_length(const char **text)
{
    size_t digits = strspn(*text, "0123456789");
    int length = digits >= 1 && digits <= 5 ? atoi(*text) : -1;
    *text += digits;
    return length;
}

static bool parse_size(const char *text, MpOptions *options, MpError *error)
{
    const char *end = text;
    int width = take_length(&end);
    bool crossed = *end == 'x';
    end += crossed;
    int height = take_length(&end);
    if (!crossed || *end || width < SIZE_SMALLEST || height < SIZE_SMALLEST || width > SIZE_LIMIT ||
        height > SIZE_LIMIT) {
        mp_error_set(error, MP_INVALID,
                     "--size takes WIDTHxHEIGHT such as 1280x720, from %d to %d, not '%s'",
                     SIZE_SMALLEST, SIZE_LIMIT, text);
        return false;
    }
    options->output_width = width;
    options->output_height = height;
    return true;
}

static bool parse_text(const char *flag, const char *text, const char **target, MpError *error)
{
    if (!*text) {
        mp_error_set(error, MP_INVALID, "--%s takes a path, not an empty text", flag);
        return false;
    }
    *target = text;
    return true;
}

static bool parse_switch(const char *flag, const char *text, bool *on, MpError *error)
{
    *on = strcmp(text, "on") == 0;
    if (*on || strcmp(text, "off") == 0)
        return true;
    mp_error_set(error, MP_INVALID, "--%s takes on or off, not '%s'", flag, text);
    return false;
}

static bool take(int flag, const char *text, MpOptions *options, MpError *error)
{
    long number = 0;
    bool on = false;
    switch (flag) {
    case FLAG_HEADLESS:
        options->headless = true;
        return true;
    case FLAG_AUTOPLAY:
        options->autoplay = true;
        return true;
    case FLAG_NO_JIT:
        options->no_jit = true;
        return true;
    case FLAG_NO_UPDATES:
        options->no_updates = true;
        return true;
    case FLAG_VERSION:
        options->show_version = true;
        return true;
    case FLAG_HELP:
        options->show_help = true;
        return true;
    case FLAG_FRAMES:
        return parse_number("frames", text, 1, LONG_MAX, &options->frames, error);
    case FLAG_SEED:
        if (!parse_number("seed", text, 0, UINT32_MAX, &number, error))
            return false;
        options->seed = (uint32_t)number;
        options->has_seed = true;
        return true;
    case FLAG_REHEARSAL:
        if (!parse_switch("rehearsal", text, &on, error))
            return false;
        options->no_rehearsal = !on;
        return true;
    case FLAG_REHEARSE:
        return parse_number("rehearse", text, 1, LONG_MAX, &options->rehearse, error);
    case FLAG_SIZE:
        return parse_size(text, options, error);
    case FLAG_METRICS_PORT:
        return parse_number("metrics-port", text, 0, UINT16_MAX, &options->metrics_port, error);
    case FLAG_SCRIPT:
        return parse_text("script", text, &options->script, error);
    case FLAG_PATCH_DIR:
        return parse_text("patch-dir", text, &options->patch_dir, error);
    case FLAG_PLUGIN_DIR:
        return parse_text("plugin-dir", text, &options->plugin_dir, error);
    case FLAG_RELEASE_DIR:
        return parse_text("release-dir", text, &options->release_dir, error);
    case FLAG_CHANNEL_URL:
        return parse_text("channel-url", text, &options->channel_url, error);
    case FLAG_USER_DIR:
        return parse_text("user-dir", text, &options->user_dir, error);
    case FLAG_SCREENSHOT:
        return parse_text("screenshot", text, &options->screenshot, error);
    case FLAG_RECORD:
        return parse_text("record", text, &options->record, error);
    case FLAG_REPLAY:
        return parse_text("replay", text, &options->replay, error);
    default:
        return parse_text("report", text, &options->report, error);
    }
}

/* ---- the command line --------------------------------------------------------------------- */

static void fill_table(struct option table[FLAG_COUNT + 1])
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        table[i] = (struct option){
            .name = flags[i].name,
            .has_arg = flags[i].argument ? required_argument : no_argument,
            .val = flags[i].flag,
        };
    }
    table[FLAG_COUNT] = (struct option){0};
}

/* getopt takes "--head" for "--headless", until a new option makes it mean something else. */
static bool is_whole_name(const char *word, MpOptionsProgram program)
{
    size_t length = strcspn(word, "=");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (strlen(flags[i].name) + 2 == length &&
            strncmp(word + 2, flags[i].name, length - 2) == 0)
            return is_of(&flags[i], program);
    }
    return false;
}

bool mp_options_parse(int argc, char **argv, MpOptionsProgram program, MpOptions *options,
                      MpError *error)
{
    struct option table[FLAG_COUNT + 1];
    fill_table(table);
    *options = (MpOptions){.patch_dir = "patch", .metrics_port = -1};
    opterr = 0;
    optind = 1;
    int flag, at = optind;
    while ((flag = getopt_long(argc, argv, "+:", table, NULL)) != -1) {
        const char *word = argv[at];
        at = optind;
        if (flag == ':') {
            mp_error_set(error, MP_INVALID, "%s needs a value; see --help", word);
            return false;
        }
        if (flag == '?' || !is_whole_name(word, program)) {
            mp_error_set(error, MP_INVALID, "unknown or misused option '%s'; see --help", word);
            return false;
        }
        if (!take(flag, optarg, options, error))
            return false;
    }
    if (optind < argc) {
        mp_error_set(error, MP_INVALID, "'%s' is no option; see --help", argv[optind]);
        return false;
    }
    return true;
}
