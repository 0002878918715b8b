#include "commits.h"

#include "moonpatch/patch.h"
#include "moonpatch/reload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SOAK_FILES is the folder of the texts. In each of them VERSION is the number of the commit. */
enum { PATH = 512, TEXT = 8192 };

#define SCRIPT      "scripts/game.lua"
#define BUNDLE      "more.zip"
#define BUNDLE_ROOT "bundles/more.zip/"

typedef struct Commit {
    Expected expected;
    const char *file;
    const char *text;  /* a file of the folder; NULL: it is taken away */
    const char *state; /* of the patch in the end; "edited", "kept": of the script */
} Commit;

/* clang-format off */
static const Commit commits[] = {
    {{"apply",                 95, 1}, "half.lua",   "half.lua",         "active"},
    {{"edit",                  96, 1}, "half.lua",   "half_edited.lua",  "active"},
    {{"apply a bundle on top", 86, 1}, BUNDLE,       "bundle.lua",       "active"},
    {{"a wrong edit",          86, 1}, "half.lua",   "half_broken.lua",  "active"},
    {{"reload",                86, 2}, SCRIPT,       "game_edited.lua",  "edited"},
    {{"a wrong reload",        86, 2}, SCRIPT,       "game_broken.lua",  "kept"},
    {{"migrate",               86, 2}, "state.lua",  "migrate.lua",      "active"},
    {{"a faulty patch",        86, 2}, "faulty.lua", "faulty.lua",       "quarantined"},
    {{"roll back",             86, 2}, "half.lua",   "half_failing.lua", "active"},
    {{"remove the bundle",     96, 2}, BUNDLE,       NULL,               "removed"},
    {{"migrate back",          96, 2}, "state.lua",  NULL,               "removed"},
    {{"reload the first text", 96, 1}, SCRIPT,       "game.lua",         "edited"},
    {{"remove a faulty patch", 96, 1}, "faulty.lua", NULL,               "removed"},
    {{"remove the last patch", 90, 1}, "half.lua",   NULL,               "removed"},
};
/* clang-format on */

enum { COMMITS = sizeof commits / sizeof *commits };

static const char *script = "game.lua"; /* which text is the game's */
static unsigned version;
static char reloaded[16];

unsigned commits_in_round(void) { return COMMITS; }

/* ---- files -------------------------------------------------------------------------------- */

/* All texts together are the same size in every round, so that nothing seems to grow. */
static char *read_text(const char *name, size_t *size)
{
    char path[PATH], raw[TEXT], number[8];
    snprintf(path, sizeof path, SOAK_FILES "/%s", name);
    FILE *file = fopen(path, "rb");
    if (!file) { /* NULL would take a patch away */
        perror(path);
        exit(2);
    }
    raw[fread(raw, 1, sizeof raw - 1, file)] = '\0';
    fclose(file);
    snprintf(number, sizeof number, "%7u", 1000000 + version);
    for (char *at = raw; (at = strstr(at, "VERSION"));)
        memcpy(at, number, 7);
    *size = strlen(raw);
    return strdup(raw);
}

char *commits_read(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    char *text = NULL;
    if (strcmp(path, SCRIPT) == 0)
        text = read_text(script, size);
    else if (strcmp(path, BUNDLE_ROOT "scripts/extra.lua") == 0)
        text = read_text("extra.lua", size);
    if (!text)
        mp_error_set(error, MP_NOT_FOUND, "there is no %s", path);
    return text;
}

/* ---- commits ------------------------------------------------------------------------------ */

void commits_note_reload(void *user, const MpReloadEvent *event)
{
    (void)user;
    snprintf(reloaded, sizeof reloaded, "%s", event->problem ? "kept" : "edited");
}

static void reload(MpVm *vm, const char *text)
{
    script = text;
    reloaded[0] = '\0';
    mp_vm_reload(vm);
}

static void apply(MpVm *vm, const Commit *commit)
{
    MpPatchChange change = {.file = commit->file};
    char *text = NULL;
    if (commit->text)
        change.text = text = read_text(commit->text, &change.size);
    if (strcmp(commit->file, BUNDLE) == 0)
        change.root = BUNDLE_ROOT;
    mp_patch_apply(vm, &change, 1);
    free(text);
}

Expected commits_make(MpVm *vm, unsigned number)
{
    const Commit *commit = &commits[number % COMMITS];
    version = number;
    if (strcmp(commit->file, SCRIPT) == 0)
        reload(vm, commit->text);
    else
        apply(vm, commit);
    return commit->expected;
}

/* ---- outcomes ----------------------------------------------------------------------------- */

typedef struct Search {
    const char *file;
    char state[16], cause[512];
} Search;

static void visit(void *user, const MpPatchInfo *info)
{
    Search *search = user;
    if (strcmp(info->file, search->file) != 0)
        return;
    snprintf(search->state, sizeof search->state, "%s", mp_patch_state_name(info->state));
    snprintf(search->cause, sizeof search->cause, "%s", info->cause);
}

bool commits_came_out(MpVm *vm, unsigned number)
{
    const Commit *commit = &commits[number % COMMITS];
    Search search = {.file = commit->file};
    if (strcmp(commit->file, SCRIPT) == 0)
        snprintf(search.state, sizeof search.state, "%s", reloaded);
    else
        mp_patch_each(vm, visit, &search);
    if (strcmp(search.state, commit->state) == 0)
        return true;
    fprintf(stderr, "soak: %s: %s is '%s', not %s: %s\n", commit->expected.what, commit->file,
            search.state, commit->state, search.cause);
    return false;
}
