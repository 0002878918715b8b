#include "app/app.h"

#include "app/context.h"
#include "app/patch_mount.h"
#include "app/update.h"
#include "engine.gen.h"
#include "file/file.h"
#include "file/path.h"
#include "log/log.h"

#include <SDL.h>
#include <luajit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, HEADLESS_SEED = 1 };

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

static bool open_session(MpApp *app, MpError *error)
{
    bool wanted = app->options.record || app->options.replay;
    app->session = wanted ? mp_session_open(app, error) : NULL;
    return app->session || !wanted;
}

/* What the machine must have: a mistake in the installation or on the command line, if not. */
static bool open_files(MpApp *app, const char *program, MpError *error)
{
    if (!mp_app_open_files(app, program, error) || !check_main(app, error) ||
        !open_session(app, error))
        return false;
    app->updates = mp_updates_open(app);
    mp_patch_mount_begin(app->patches); /* while all the rest is loaded */
    return true;
}

static bool open_devices(MpApp *app, MpError *error)
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
    if (app->input) {
        mp_session_attach(app->session, app->input);
        mp_app_read_mappings(app);
    }
    return app->json != NULL;
}

static void set_roots(MpApp *app)
{
    mp_vm_set_root(app->vm, "graphics", &app->graphics->object);
    mp_vm_set_root(app->vm, "audio", &app->audio->object);
    mp_vm_set_root(app->vm, "input", &app->input->object);
    mp_vm_set_root(app->vm, "meter", &app->meter->object);
}

static void hear_patch(MpApp *app, const MpPatchEvent *event)
{
    mp_session_note_change(app->session, "patch %s: %s%s%s", event->id,
                           mp_patch_state_name(event->state), *event->cause ? ": " : "",
                           event->cause);
}

static void hear_reload(MpApp *app, const MpReloadEvent *event)
{
    mp_session_note_change(app->session, "reloaded %s", event->files);
}

static const MpFront front = {
    .module = &mp_module_engine,
    .engine_mounts =
        (const MpGameMount[]){{"scripts", "/scripts"}, {"assets", "/assets"}, {NULL, NULL}},
    .open = open_devices,
    .set_roots = set_roots,
    .fail = mp_halt_begin,
    .hear_patch = hear_patch,
    .hear_reload = hear_reload,
    .reload_assets = mp_app_reload_assets,
};

static void close_app(MpApp *app)
{
    mp_updates_close(app->updates);
    mp_app_close_scripts(app);
    mp_json_destroy(app->json);
    mp_random_destroy(app->random);
    mp_meter_destroy(app->meter);
    mp_audio_destroy(app->audio);
    mp_input_destroy(app->input);
    mp_halt_close(app);
    mp_graphics_destroy(app->graphics);
    mp_assets_destroy(app->assets);
    mp_window_destroy(app->window);
    mp_session_close(app->session);
    mp_frame_times_finish(&app->times);
    mp_app_close_files(app);
    SDL_Quit();
}

/* ---- running ------------------------------------------------------------------------------ */

/* What was asked for on the command line, written after the last frame. */
static int write_results(MpApp *app)
{
    MpError error;
    int code = EXIT_SUCCESS;
    if (app->options.screenshot &&
        !mp_window_screenshot(app->window, app->options.screenshot, &error))
        code = mp_app_complain(&error, EXIT_FAILURE);
    if (app->options.report && !mp_app_write_report(app, app->options.report, &error))
        code = mp_app_complain(&error, EXIT_FAILURE);
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
        return mp_app_complain(&error, EXIT_USAGE);
    if (!open_devices(app, &error) || !mp_app_open_game(app, &error))
        return mp_app_complain(&error, EXIT_FAILURE);
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
    MpApp app = {.game = game, .front = &front};
    MpError error;
    mp_log_set_program(game->name);
    if (!mp_options_parse(argc, argv, MP_OPTIONS_GAME, &app.options, &error))
        return mp_app_complain(&error, EXIT_USAGE);
    if (app.options.show_help) {
        mp_options_print_help(stdout, game->name, MP_OPTIONS_GAME);
        return EXIT_SUCCESS;
    }
    if (app.options.show_version) {
        print_version(game);
        return EXIT_SUCCESS;
    }
    if (!check_options(&app.options, &error))
        return mp_app_complain(&error, EXIT_USAGE);
    app.log = mp_log_ring_create(&error);
    if (!app.log)
        return mp_app_complain(&error, EXIT_FAILURE);
    app.seed = choose_seed(&app.options);
    if (app.options.rehearse)
        return mp_app_rehearse(&app, argv[0]);
    int code = play(&app, argv[0]);
    close_app(&app);
    return code;
}
