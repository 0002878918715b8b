/*
 * rehearse.c - this program as the child of a rehearsal: reads patch files, applies them to a game
 * that nobody plays, and tells what became of them. See patches/rehearsal.h.
 */
#include "app/context.h"

#include "app/patch_version.h"
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
} Part;

struct MpStage {
    FILE *answers;
    Part *parts;
    size_t count;
    bool out_of_memory;
    bool telling; /* it is the new files' turn */
};

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
    const Part *part = find_part(stage, file);
    if (!part)
        return;
    tell_staging(stage, part);
    mp_confine_time(FILE_SECONDS);
}

static bool is_about_memory(const char *message) { return strstr(message, "not enough memory"); }

static void tell_refusal(const MpStage *stage, const Part *part, const char *cause)
{
    if (is_about_memory(cause)) { /* which leaves too little to judge the others by */
        tell_staging(stage, part);
        mp_confine_end(MP_WIRE_NO_MEMORY);
    }
    char line[MP_ERROR_MESSAGE_SIZE];
    snprintf(line, sizeof line, "%s", cause);
    line[strcspn(line, "\n")] = '\0';
    fprintf(stage->answers, "refused %zu %s\n", part->wire.number, line);
}

void mp_stage_note_event(MpStage *stage, const MpPatchEvent *event)
{
    Part *part = find_part(stage, event->file);
    if (!part || part->decided)
        return;
    part->decided = true;
    if (event->state == MP_PATCH_ACTIVE || event->state == MP_PATCH_TRIAL)
        fprintf(stage->answers, "passed %zu\n", part->wire.number);
    else
        tell_refusal(stage, part, event->cause);
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
        if (file->accepted != accepted)
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

/* As the game has them: accepted bundles in their order, and the patch folder on top. */
static void mount_overlays(MpApp *app)
{
    for (size_t i = 0; i < app->stage->count; i++) {
        const Part *part = &app->stage->parts[i];
        if (part->wire.file.accepted)
            mp_patch_version_overlay(&part->version, app->vfs, part->wire.file.file, NULL);
    }
    mp_vfs_mount_directory(app->vfs, app->options.patch_dir, "/", NULL);
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
    return mp_app_open_devices(app, error) && mp_app_open_scripts(app, error) &&
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
    if (!apply(app, false))
        return MP_WIRE_NO_MEMORY;
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
