/*
 * rehearse.c - this program as the child of a rehearsal: reads patch files, applies them to a game
 * that nobody plays, and tells what became of them. See patches/rehearsal.h.
 */
#include "app/context.h"

#include "app/overlay.h"
#include "app/patch_name.h"
#include "app/patch_version.h"
#include "file/path.h"
#include "log/log.h"
#include "patches/confine.h"
#include "patches/wire.h"

#include <stdlib.h>
#include <string.h>

/* Time on the processor; the game watches the clock. */
enum { START_SECONDS = 15, FILE_SECONDS = 4 };

/* A file of the rehearsal and what became of it. */
typedef struct Part {
    MpWireFile wire;
    MpPatchVersion version;
    MpPatchReading reading;
    bool decided;
    bool held; /* a bundle that passed, but for the scripts that it lays over the game's */
    bool laid; /* a script that is in effect */
} Part;

struct MpStage {
    FILE *answers;
    Part *parts;
    size_t count;
    bool out_of_memory;
    bool telling;                        /* it is the new files' turn */
    Part *current;                       /* the script that was compiled or run last */
    char problem[MP_ERROR_MESSAGE_SIZE]; /* of the last reload; "": none */
};

/* Scripts that are refused before the rest of a set is given up. */
enum { REFUSALS = 8 };

static bool is_overlay(const Part *part) { return mp_patch_name_is_overlay(part->wire.file.file); }

static Part *find_part(const MpStage *stage, const char *file)
{
    for (size_t i = 0; stage->telling && i < stage->count; i++) {
        Part *part = &stage->parts[i];
        if (!part->wire.file.accepted && strcmp(part->wire.file.file, file) == 0)
            return part;
    }
    return NULL;
}

/* ---- telling ------------------------------------------------------------------------------ */

static void tell_staging(const MpStage *stage, const Part *part)
{
    fprintf(stage->answers, "staging %zu\n", part->wire.number);
    fflush(stage->answers);
}

void mp_stage_note_staging(MpStage *stage, const char *file)
{
    Part *part = find_part(stage, file);
    if (!part)
        return;
    stage->current = part;
    tell_staging(stage, part);
    mp_confine_time(FILE_SECONDS);
}

static bool is_about_memory(const char *message) { return strstr(message, "not enough memory"); }

static void tell_refusal(const MpStage *stage, const Part *part, MpPatchBlame blame,
                         const char *cause)
{
    static const char *const words[] = {
        [MP_PATCH_BLAME_ERROR] = "refused", [MP_PATCH_BLAME_RUNAWAY] = "runaway",
        [MP_PATCH_BLAME_MEMORY] = "memory", [MP_PATCH_BLAME_MIGRATION] = "migration",
        [MP_PATCH_BLAME_CRASH] = "refused", [MP_PATCH_BLAME_HANG] = "refused",
    };
    if (is_about_memory(cause)) { /* which leaves too little to judge the others by */
        tell_staging(stage, part);
        mp_confine_end(MP_WIRE_NO_MEMORY);
    }
    char line[MP_ERROR_MESSAGE_SIZE];
    snprintf(line, sizeof line, "%s", cause);
    line[strcspn(line, "\n")] = '\0';
    fprintf(stage->answers, "%s %zu %s\n", words[blame], part->wire.number, line);
}

static void tell_pass(const MpStage *stage, const Part *part)
{
    fprintf(stage->answers, "passed %zu\n", part->wire.number);
}

void mp_stage_note_event(MpStage *stage, const MpPatchEvent *event)
{
    Part *part = find_part(stage, event->file);
    if (!part || part->decided)
        return;
    bool passed = event->state == MP_PATCH_ACTIVE || event->state == MP_PATCH_TRIAL;
    part->decided = true;
    part->held = passed && mp_patch_name_is_bundle(event->file);
    if (passed && !part->held)
        tell_pass(stage, part);
    else if (!passed)
        tell_refusal(stage, part, event->blame, event->cause);
}

void mp_stage_note_reload(MpStage *stage, const MpReloadEvent *event)
{
    if (event->problem)
        snprintf(stage->problem, sizeof stage->problem, "%s", event->problem);
}

/* Applying failed as a whole if there are files without a verdict. */
static int tell_end(const MpStage *stage)
{
    for (size_t i = 0; i < stage->count; i++) {
        const Part *part = &stage->parts[i];
        if (!part->wire.file.accepted && !part->decided)
            return stage->out_of_memory ? MP_WIRE_NO_MEMORY : MP_WIRE_NO_VERDICT;
    }
    fprintf(stage->answers, "done\n");
    fflush(stage->answers);
    return EXIT_SUCCESS;
}

/* What is logged is for nobody; but what the VM says of itself may be why it came to nothing. */
static void note_log(void *user, MpLogLevel level, const char *message)
{
    MpStage *stage = user;
    if (level == MP_LOG_ERROR && is_about_memory(message))
        stage->out_of_memory = true;
}

/* ---- applying ----------------------------------------------------------------------------- */

static bool apply(MpApp *app, bool accepted)
{
    MpStage *stage = app->stage;
    MpPatchChange *changes = calloc(stage->count + 1, sizeof *changes);
    size_t count = 0;
    for (size_t i = 0; changes && i < stage->count; i++) {
        Part *part = &stage->parts[i];
        const MpRehearsalFile *file = &part->wire.file;
        if (file->accepted != accepted || is_overlay(part))
            continue;
        mp_patch_version_stage(&part->version, app->vfs, file->file, 1, accepted, &part->reading);
        changes[count] = part->reading.change;
        changes[count++].rehearsed = accepted; /* their tests have passed */
    }
    if (changes && count)
        mp_patch_apply_lenient(app->vm, changes, count);
    free(changes);
    return changes != NULL;
}

static void mount_assets(MpApp *app, const char *folder)
{
    char *assets = folder ? mp_path_join(folder, "assets") : NULL;
    if (assets)
        mp_vfs_mount_directory(app->vfs, assets, "/assets", NULL);
    free(assets);
}

/* As the game has them: a release, accepted bundles in their order, and the patch folder on top. */
static void mount_overlays(MpApp *app)
{
    mount_assets(app, app->options.release_dir);
    for (size_t i = 0; i < app->stage->count; i++) {
        Part *part = &app->stage->parts[i];
        part->laid = part->wire.file.accepted && is_overlay(part);
        if (part->wire.file.accepted)
            mp_patch_version_overlay(&part->version, app->vfs, part->wire.file.file, NULL);
    }
    mount_assets(app, app->options.patch_dir);
}

/* ---- scripts that lie over the game's own ---------------------------------------------------- */

char *mp_stage_read(const MpStage *stage, const char *path, size_t *size)
{
    for (size_t i = 0; i < stage->count; i++) {
        const Part *part = &stage->parts[i];
        if (part->laid && strcmp(part->wire.file.file, path) == 0)
            return mp_patch_version_copy(&part->version, size);
    }
    return NULL;
}

static bool is_on_trial(const Part *part) { return part->laid && !part->wire.file.accepted; }

/* Without memory a reload may come to nothing without a word of it. */
static void reload_laid(MpApp *app)
{
    MpStage *stage = app->stage;
    bool before = stage->out_of_memory;
    stage->out_of_memory = false;
    mp_vm_reload(app->vm);
    if (stage->out_of_memory && !stage->problem[0])
        snprintf(stage->problem, sizeof stage->problem, "memory: scripts need too much of it");
    stage->out_of_memory = stage->out_of_memory || before;
}

/* Loads what is laid over the game in place of what is loaded, and what is not loaded yet. */
static bool load_laid(MpApp *app)
{
    MpStage *stage = app->stage;
    MpError error;
    stage->problem[0] = '\0';
    reload_laid(app);
    for (size_t i = 0; i < stage->count && !stage->problem[0]; i++) {
        char module[MP_PATCH_NAME_SIZE];
        const Part *part = &stage->parts[i];
        if (!is_on_trial(part))
            continue;
        mp_overlay_module(part->wire.file.file, module);
        if (!mp_vm_require(app->vm, module, &error))
            snprintf(stage->problem, sizeof stage->problem, "%s", error.message);
    }
    return !stage->problem[0];
}

/* By what the watchdog says of scripts that are no patch's. */
static MpPatchBlame blame_for(const char *problem)
{
    if (strstr(problem, "runaway: scripts "))
        return MP_PATCH_BLAME_RUNAWAY;
    return strstr(problem, "memory: scripts ") ? MP_PATCH_BLAME_MEMORY : MP_PATCH_BLAME_ERROR;
}

static void refuse_script(MpStage *stage, Part *part)
{
    part->laid = false;
    part->decided = true;
    tell_refusal(stage, part, blame_for(stage->problem), stage->problem);
}

/* All together, for they may need one another; without those that are wrong. */
static void try_scripts(MpApp *app)
{
    MpStage *stage = app->stage;
    for (size_t i = 0; i < stage->count; i++)
        stage->parts[i].laid |= is_overlay(&stage->parts[i]);
    for (unsigned refusals = 0; !load_laid(app); refusals++) {
        Part *culprit = refusals < REFUSALS ? stage->current : NULL;
        stage->current = NULL;
        for (size_t i = 0; i < stage->count; i++) {
            Part *part = &stage->parts[i];
            if (culprit ? part == culprit : is_on_trial(part))
                refuse_script(stage, part);
        }
    }
    for (size_t i = 0; i < stage->count; i++) {
        Part *part = &stage->parts[i];
        if (is_on_trial(part))
            tell_pass(stage, part);
        part->decided |= is_on_trial(part);
    }
}

static void try_bundle(MpApp *app, Part *part)
{
    const char *name = part->wire.file.file;
    MpError error = {.status = MP_OK};
    tell_staging(app->stage, part);
    mp_confine_time(FILE_SECONDS);
    if (!mp_patch_version_overlay(&part->version, app->vfs, name, &error))
        snprintf(app->stage->problem, sizeof app->stage->problem, "%s", error.message);
    else
        load_laid(app);
    if (!app->stage->problem[0]) {
        tell_pass(app->stage, part);
        return;
    }
    mp_vfs_unmount(app->vfs, name, NULL);
    snprintf(error.message, sizeof error.message, "%s: %.*s", name, MP_ERROR_MESSAGE_SIZE / 2,
             app->stage->problem);
    tell_refusal(app->stage, part, blame_for(error.message), error.message);
}

static void try_bundles(MpApp *app)
{
    for (size_t i = 0; i < app->stage->count; i++) {
        if (app->stage->parts[i].held)
            try_bundle(app, &app->stage->parts[i]);
    }
}

/* ---- setting up --------------------------------------------------------------------------- */

static bool receive(MpStage *stage)
{
    MpWireFile *files = mp_wire_read(stdin, &stage->count);
    stage->parts = files ? calloc(stage->count + 1, sizeof *stage->parts) : NULL;
    for (size_t i = 0; stage->parts && i < stage->count; i++) {
        Part *part = &stage->parts[i];
        part->wire = files[i];
        part->version.bytes = (char *)(uintptr_t)files[i].file.bytes; /* its own from here on */
        part->version.size = files[i].file.size;
    }
    free(files);
    return stage->parts != NULL;
}

/* The game without a window, a device, or a user folder. */
static bool open_game(MpApp *app, const char *program, MpError *error)
{
    app->options.headless = true;
    app->vfs = mp_vfs_create(program, error);
    app->storage = app->vfs ? mp_storage_create_empty(error) : NULL;
    if (!app->storage || !mp_app_mount_data(app, error))
        return false;
    mount_overlays(app);
    return app->front->open(app, error) && mp_app_open_scripts(app, error) &&
           (!app->game->create || app->game->create(app, &app->state, error));
}

/* Returns an exit code. */
static int rehearse(MpApp *app, const char *program)
{
    MpError error;
    if (!receive(app->stage) || !open_game(app, program, &error) ||
        !mp_confine_memory(MP_REHEARSAL_BYTES))
        return MP_WIRE_NOT_READY;
    /* The game runs, so its scripts load; if they do not now, a file that needs them says why. */
    mp_vm_require(app->vm, "host", NULL);
    if (!apply(app, true))
        return MP_WIRE_NOT_READY;
    fprintf(app->stage->answers, "ready\n");
    fflush(app->stage->answers);
    app->stage->telling = true;
    try_scripts(app);
    if (!apply(app, false))
        return MP_WIRE_NO_MEMORY;
    try_bundles(app);
    return tell_end(app->stage);
}

int mp_app_rehearse(MpApp *app, const char *program)
{
    MpStage stage = {.answers = mp_confine_process(app->options.rehearse)};
    app->stage = &stage;
    mp_log_remove_sink(mp_log_to_terminal, NULL);
    mp_log_add_sink(note_log, &stage);
    if (!stage.answers || !mp_confine_time(START_SECONDS))
        return MP_WIRE_NOT_READY;
    mp_confine_end(rehearse(app, program));
}
