#include "file/file.h"
#include "file/path.h"
#include "message.h"
#include "platform.h"
#include "share.h"
#include "subcommand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LIMIT = 32, TEMPLATE_LIMIT = 1 << 20 };

static const char *const folders[] = {"assets", "patches", "scripts", "src", "tests"};
enum { FOLDERS = sizeof folders / sizeof *folders };

/* What a game begins with: its files are in cli/new/, under these names. */
static const struct Template {
    const char *from;
    const char *to; /* NULL: the same */
} templates[] = {
    {"README.md", NULL},         {"assets/README.md", NULL},
    {"gitignore", ".gitignore"}, {"luarc.json", ".luarc.json"},
    {"meson.build", NULL},       {"patches/feather.lua", NULL},
    {"scripts/main.lua", NULL},  {"src/lander.c", NULL},
    {"src/lander.h", NULL},      {"src/main.c.in", "src/main.c"},
    {"tests/check.sh", NULL},
};
enum { TEMPLATES = sizeof templates / sizeof *templates };

/* What stands between two '@' in a template. */
typedef struct Word {
    const char *name;
    const char *value;
} Word;

/* ---- the name ----------------------------------------------------------------------------- */

/* Of files, classes and modules that are in every project, or that mean something to meson. */
static bool is_taken(const char *name)
{
    static const char *const taken[] = {
        "all",    "benchmark", "clean",       "coverage",   "dist",  "distcheck",
        "engine", "install",   "lander",      "main",       "meson", "moonpatch",
        "native", "phony",     "reconfigure", "scan-build", "test",  "uninstall",
    };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(taken[i], name) == 0)
            return true;
    }
    return false;
}

static bool is_well_formed(const char *name)
{
    size_t length = strlen(name);
    return length >= 1 && length <= NAME_LIMIT && name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

/* Returns 0 or what to exit with. */
static int check_name(const char *name)
{
    if (!is_well_formed(name))
        return mp_cli_misused("'%s' is no name for a game: it takes a lower-case letter, then such "
                              "letters, digits, '-' and '_', at most %d in all",
                              name, NAME_LIMIT);
    if (is_taken(name))
        return mp_cli_misused("'%s' has a meaning of its own in a project; choose another name",
                              name);
    return 0;
}

/* The name as a part of identifiers in C. */
static void make_identifier(const char *name, char identifier[NAME_LIMIT + 1])
{
    snprintf(identifier, NAME_LIMIT + 1, "%s", name);
    for (char *at = identifier; *at; at++) {
        if (*at == '-')
            *at = '_';
    }
}

/* ---- files -------------------------------------------------------------------------------- */

/* The word that begins at `text`, an '@'; NULL: none of ours. */
static const Word *word_at(const char *text, const Word *words)
{
    for (; words->name; words++) {
        size_t length = strlen(words->name);
        if (strncmp(text + 1, words->name, length) == 0 && text[length + 1] == '@')
            return words;
    }
    return NULL;
}

static void fill_in(FILE *output, const char *text, const Word *words)
{
    while (*text) {
        const Word *word = *text == '@' ? word_at(text, words) : NULL;
        if (word) {
            fputs(word->value, output);
            text += strlen(word->name) + 2;
        } else {
            fputc(*text++, output);
        }
    }
}

/* Ownership: the caller's. NULL: no memory. */
static char *filled_in(const char *text, const Word *words, size_t *size)
{
    char *filled = NULL;
    FILE *output = open_memstream(&filled, size);
    if (!output)
        return NULL;
    fill_in(output, text, words);
    bool complete = !ferror(output);
    if (fclose(output) == 0 && complete)
        return filled;
    free(filled);
    return NULL;
}

static bool write_file(const char *from, const char *to, const Word *words, MpError *error)
{
    size_t size;
    char *text = mp_file_read(from, TEMPLATE_LIMIT, NULL, error);
    if (!text)
        return false;
    char *filled = filled_in(text, words, &size);
    free(text);
    if (!filled)
        mp_error_set(error, MP_MEMORY, "no memory to write '%s'", to);
    bool good = filled && mp_file_write(to, filled, size, error);
    free(filled);
    return good;
}

static bool make_file(const struct Template *template, const char *source, const char *project,
                      const Word *words, MpError *error)
{
    char *from = mp_path_join(source, template->from);
    char *to = mp_path_join(project, template->to ? template->to : template->from);
    mp_error_set(error, MP_MEMORY, "no memory for the files of '%s'", project);
    bool good = from && to && write_file(from, to, words, error);
    free(from);
    free(to);
    return good;
}

static bool make_folders(const char *project, MpError *error)
{
    bool good = mp_platform_make_folder(project, error);
    for (size_t i = 0; good && i < FOLDERS; i++) {
        char *path = mp_path_join(project, folders[i]);
        mp_error_set(error, MP_MEMORY, "no memory for the folders of '%s'", project);
        good = path && mp_platform_make_folder(path, error);
        free(path);
    }
    return good;
}

static bool make_project(const char *project, const char *share, MpError *error)
{
    char identifier[NAME_LIMIT + 1];
    const char *name = mp_path_base(project);
    make_identifier(name, identifier);
    const Word words[] = {{"NAME", name}, {"IDENTIFIER", identifier}, {"SHARE", share}, {0}};
    char *source = mp_path_join(share, "cli/new");
    bool good = source && make_folders(project, error);
    for (size_t i = 0; good && i < TEMPLATES; i++)
        good = make_file(&templates[i], source, project, words, error);
    free(source);
    return good;
}

/* ---- the subcommand ----------------------------------------------------------------------- */

static void tell_next_steps(const char *project)
{
    const char *name = mp_path_base(project);
    printf("%s/ is a game. Build and play it:\n"
           "\n"
           "    cd %s\n"
           "    meson setup build\n"
           "    meson test -C build\n"
           "    build/%s\n"
           "\n"
           "While it runs, in another terminal, patch its C code:\n"
           "\n"
           "    mkdir -p patch && cp patches/feather.lua patch/\n"
           "\n"
           "README.md says what is where.\n",
           project, project, name);
}

static int run(int argc, char **argv)
{
    if (argc < 1)
        return mp_cli_misused("the name of the game is missing; see moonpatch new --help");
    if (argc > 1)
        return mp_cli_misused("one game at a time: '%s' and '%s'", argv[0], argv[1]);
    if (argv[0][0] == '-')
        return mp_cli_misused("unknown option '%s'; see moonpatch new --help", argv[0]);
    int misused = check_name(mp_path_base(argv[0]));
    if (misused)
        return misused;
    MpError error = {.message = "out of memory"};
    char *share = mp_cli_share();
    bool good = share && make_project(argv[0], share, &error);
    free(share);
    if (!good)
        return mp_cli_failed("%s", error.message);
    tell_next_steps(argv[0]);
    return MP_EXIT_OK;
}

const MpSubcommand mp_subcommand_new = {
    .name = "new",
    .summary = "begins a game of your own in a new folder",
    .usage =
        "usage: moonpatch new NAME\n"
        "       moonpatch new FOLDER/NAME\n"
        "\n"
        "Makes the folder NAME with a small game that is complete: a C class, gameplay in Lua, a\n"
        "patch, a test, meson.build and settings for editors. It builds against the installed\n"
        "Moonpatch. NAME is the program's, and with '_' for '-' the C module's: a lower-case\n"
        "letter, then such letters, digits, '-' and '_'. What exists is never written over.\n"
        "\n"
        "exit codes\n"
        "  0   the game was made\n"
        "  1   it could not be made; the message says why\n"
        "  2   the command was called wrongly, and did nothing\n",
    .run = run,
};
