#include "app/app.h"

#include "app/context.h"
#include "app/hang_watch.h"
#include "app/patch_memory.h"
#include "app/patch_mount.h"
#include "file/file.h"
#include "file/path.h"
#include "log/log.h"
#include "patches/journal.h"
#include "watch/watch.h"

#include <SDL.h>
#include <luajit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, HEADLESS_SEED = 1 };

void mp_app_set_root(MpApp *app, const char *name, const MpObject *object)
{
    mp_vm_set_root(app->vm, name, object);
}

uint32_t mp_app_seed(const MpApp *app) { return app->seed; }

/* ---- before anything is done -------------------------------------------------------------- */

/* A file that could not be written at the end is a mistake to be told of at the start. */
static bool check_output(const char *flag, const char *path, MpError *error)
{
    if (!path)
        return true;
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    bool exists = folder && mp_file_is_directory(folder);
    if (!exists)
        mp_error_set(error, MP_NOT_FOUND, "--%s: there is no folder '%s'", flag,
                     folder ? folder : "");
    free(folder);
    if (!exists)
        return false;
    if (mp_file_is_directory(path)) {
        mp_error_set(error, MP_INVALID, "--%s: '%s' is a folder, name a file", flag, path);
        return false;
    }
    return true;
}

static bool check_folder(const char *flag, const char *path, MpError *error)
{
    bool fine = !path || mp_file_is_directory(path);
    if (!fine)
        mp_error_set(error, MP_NOT_FOUND, "--%s: there is no folder '%s'", flag, path);
    return fine;
}

static bool check_options(const MpOptions *options, MpError *error)
{
    if (options->screenshot && options->report &&
        strcmp(options->screenshot, options->report) == 0) {
        mp_error_set(error, MP_INVALID, "--screenshot and --report name the same file '%s'",
                     options->report);
        return false;
    }
    if (options->record && options->replay) {
        mp_error_set(error, MP_INVALID, "--record and --replay do not go together");
        return false;
    }
    return check_folder("plugin-dir", options->plugin_dir, error) &&
           check_output("screenshot", options->screenshot, error) &&
           check_output("report", options->report, error) &&
           check_output("record", options->record, error);
}

static uint32_t choose_seed(const MpOptions *options)
{
    if (options->has_seed)
        return options->seed;
    return options->headless ? HEADLESS_SEED : (uint32_t)time(NULL);
}

/* ---- opening and closing ------------------------------------------------------------------ */

/* The log of this run is beside the saves; without it the game plays all the same. */
static void open_log(const MpStorage *storage)
{
    MpError error;
    char *path = mp_path_join(storage->directory, "log.txt");
    if (path && !mp_log_open_file(path, &error))
        mp_log_warning("%s", error.message);
    free(path);
}

/* It may lie in the patch folder too. */
static bool check_main(const MpApp *app, MpError *error)
{
    char *overlay = mp_path_join(app->options.patch_dir, "scripts/main.lua");
    bool found = mp_vfs_exists(app->vfs, "scripts/main.lua") ||
                 mp_vfs_exists(app->vfs, "scripts/main/init.lua") ||
                 (overlay && access(overlay, F_OK) == 0);
    free(overlay);
    if (found)
        return true;
    mp_error_set(error, MP_NOT_FOUND, "the game's scripts/main.lua is missing");
    return false;
}

static bool open_memory(MpApp *app, MpError *error)
{
    snprintf(app->program, sizeof app->program, "%s %s", app->game->name, app->game->version);
    app->memory = mp_patch_memory_open(
        &(MpPatchMemoryOptions){
            .user_folder = app->storage->directory,
            .program = app->program,
            .tell = mp_app_tell,
            .user = app,
        },
        error);
    return app->memory != NULL;
}

static bool open_session(MpApp *app, MpError *error)
{
    bool wanted = app->options.record || app->options.replay;
    app->session = wanted ? mp_session_open(app, error) : NULL;
    return app->session || !wanted;
}

/* What the machine must have: a mistake in the installation or on the command line, if not. */
static bool open_files(MpApp *app, const char *program, MpError *error)
{
    app->vfs = mp_vfs_create(program, error);
    if (!app->vfs || !mp_app_mount_data(app, error))
        return false;
    app->storage =
        mp_storage_create(app->options.user_dir, app->game->organisation, app->game->name, error);
    if (!app->storage)
        return false;
    open_log(app->storage);
    if (!open_memory(app, error))
        return false;
    app->patches =
        mp_patch_mount_open(&app->options, app->vfs, app->memory, mp_app_hear_patch, app, error);
    if (!app->patches || !check_main(app, error) || !open_session(app, error))
        return false;
    mp_patch_mount_begin(app->patches); /* while all the rest is loaded */
    return true;
}

bool mp_app_open_devices(MpApp *app, MpError *error)
{
    const MpOptions *options = &app->options;
    if (SDL_Init(SDL_INIT_EVENTS | SDL_INIT_TIMER) != 0) {
        mp_error_set(error, MP_DEVICE, "SDL does not start: %s", SDL_GetError());
        return false;
    }
    app->window = mp_window_create(
        &(MpWindowConfig){
            .title = app->game->title,
            .width = app->game->width,
            .height = app->game->height,
            .output_width = options->output_width ? options->output_width
                            : options->headless   ? app->game->width
                                                  : 0,
            .output_height = options->output_height ? options->output_height
                             : options->headless    ? app->game->height
                                                    : 0,
            .vsync = true,
            .headless = options->headless,
        },
        error);
    if (!app->window)
        return false;
    if (app->game->draws_pointer && !options->headless)
        SDL_ShowCursor(SDL_DISABLE);
    MpError warning = {.status = MP_OK};
    app->assets = mp_assets_create(app->vfs, error);
    app->graphics = app->assets ? mp_graphics_create(app->window, app->assets, error) : NULL;
    app->input = app->graphics ? mp_input_create(app->window, !options->headless, error) : NULL;
    app->audio = app->input ? mp_audio_create(app->assets, options->headless, &warning) : NULL;
    app->random = app->audio ? mp_random_create(app->seed, error) : NULL;
    app->meter = app->random ? mp_meter_create(error) : NULL;
    app->json = app->meter ? mp_json_create(error) : NULL;
    if (warning.status != MP_OK)
        mp_log_warning("%s", warning.message);
    if (app->input)
        mp_session_attach(app->session, app->input);
    return app->json != NULL;
}

/* Frames that do not end are part of what is known of patches. */
static bool open_hang_watch(MpApp *app, MpError *error)
{
    MpHangWatchOptions options = {.mark = mp_journal_mark_hang, .unmark = mp_journal_unmark_hang};
    app->hang_watch = mp_hang_watch_create(&options, error);
    return app->hang_watch != NULL;
}

static bool open_game(MpApp *app, MpError *error)
{
    return open_hang_watch(app, error) && mp_app_open_scripts(app, error) &&
           (!app->game->create || app->game->create(app, &app->state, error));
}

static void close_app(MpApp *app)
{
    mp_hang_watch_destroy(app->hang_watch);
    mp_watch_destroy(app->script_watch);
    mp_watch_destroy(app->asset_watch);
    mp_patch_mount_close(app->patches);
    mp_vm_destroy(app->vm);
    if (app->state)
        app->game->destroy(app->state);
    mp_patch_memory_close(app->memory); /* from here on no patch can do any harm */
    mp_json_destroy(app->json);
    mp_random_destroy(app->random);
    mp_meter_destroy(app->meter);
    mp_audio_destroy(app->audio);
    mp_input_destroy(app->input);
    mp_halt_close(app);
    mp_graphics_destroy(app->graphics);
    mp_assets_destroy(app->assets);
    mp_window_destroy(app->window);
    mp_storage_destroy(app->storage);
    mp_session_close(app->session);
    mp_vfs_destroy(app->vfs);
    mp_frame_times_finish(&app->times);
    mp_log_close_file();
    mp_log_ring_destroy(app->log);
    SDL_Quit();
}

/* ---- running ------------------------------------------------------------------------------ */

/* One line for people at the terminal; the traceback below it is for the log file. */
static int complain(const MpError *error, int code)
{
    int length = (int)strcspn(error->message, "\n");
    mp_log_error("%.*s", length, error->message);
    if (error->message[length]) {
        mp_log_remove_sink(mp_log_to_terminal, NULL);
        mp_log_error("%s", error->message + length + 1);
        mp_log_add_sink(mp_log_to_terminal, NULL);
    }
    return code;
}

/* What was asked for on the command line, written after the last frame. */
static int write_results(MpApp *app)
{
    MpError error;
    int code = EXIT_SUCCESS;
    if (app->options.screenshot &&
        !mp_window_screenshot(app->window, app->options.screenshot, &error))
        code = complain(&error, EXIT_FAILURE);
    if (app->options.report && !mp_app_write_report(app, app->options.report, &error))
        code = complain(&error, EXIT_FAILURE);
    return code;
}

static void log_start(const MpApp *app)
{
    mp_log_info("running: seed %u, %s renderer, patches from %s/", (unsigned)app->seed,
                mp_window_renderer_name(app->window), app->options.patch_dir);
}

static int play(MpApp *app, const char *program)
{
    MpError error;
    if (!open_files(app, program, &error))
        return complain(&error, EXIT_USAGE);
    if (!mp_app_open_devices(app, &error) || !open_game(app, &error))
        return complain(&error, EXIT_FAILURE);
    mp_app_start_scripts(app);
    if (!mp_halt_is_on(app))
        log_start(app);
    mp_app_run(app);
    int code = write_results(app);
    if (app->failed || mp_session_failed(app->session))
        code = EXIT_FAILURE;
    mp_repeats_finish(&app->repeats);
    return code;
}

static void print_version(const MpGame *game)
{
    SDL_version sdl;
    SDL_GetVersion(&sdl);
    printf("%s %s (%s, SDL %d.%d.%d)\n", game->name, game->version, LUAJIT_VERSION, sdl.major,
           sdl.minor, sdl.patch);
}

int mp_app_main(int argc, char **argv, const MpGame *game)
{
    MpApp app = {.game = game};
    MpError error;
    mp_log_set_program(game->name);
    if (!mp_options_parse(argc, argv, &app.options, &error))
        return complain(&error, EXIT_USAGE);
    if (app.options.show_help) {
        mp_options_print_help(stdout, game->name);
        return EXIT_SUCCESS;
    }
    if (app.options.show_version) {
        print_version(game);
        return EXIT_SUCCESS;
    }
    if (!check_options(&app.options, &error))
        return complain(&error, EXIT_USAGE);
    app.log = mp_log_ring_create(&error);
    if (!app.log)
        return complain(&error, EXIT_FAILURE);
    app.seed = choose_seed(&app.options);
    if (app.options.rehearse)
        return mp_app_rehearse(&app, argv[0]);
    int code = play(&app, argv[0]);
    close_app(&app);
    return code;
}
