/*
 * moonpatch-host - runs a server that is written in Lua: the runtime of games, with its patches,
 * and sockets in place of window and sound. See docs/host.md.
 */
#include "host/server.h"

#include "app/patch_mount.h"
#include "app/update.h"
#include "clock/clock.h"
#include "engine_parts.gen.h"
#include "file/file.h"
#include "file/path.h"
#include "host.gen.h"
#include "log/log.h"

#include <limits.h>
#include <luajit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_USAGE = 2 };

MpServer *mp_server_of(MpApp *app) { return (MpServer *)app; }

/* ---- what the runtime asks for ------------------------------------------------------------ */

/* A rehearsal listens to nobody. */
static bool open_parts(MpApp *app, MpError *error)
{
    MpServer *self = mp_server_of(app);
    MpNetHears hears = mp_server_hears;
    hears.user = app;
    app->random = mp_random_create(app->seed, error);
    app->json = app->random ? mp_json_create(error) : NULL;
    self->net = app->json
                    ? mp_net_create(app->stage ? NULL : &self->loop, self->module, &hears, error)
                    : NULL;
    self->metrics = self->net ? mp_metrics_create(error) : NULL;
    return self->metrics != NULL;
}

static void set_roots(MpApp *app)
{
    MpServer *self = mp_server_of(app);
    mp_vm_set_root(app->vm, "net", &self->net->object);
}

/* Errors of a server that runs are no end of it: the next message may be handled well. */
static void fail(MpApp *app, const char *where, bool at_start, const MpError *error)
{
    if (!at_start) {
        mp_app_report_error(app, error);
        return;
    }
    mp_app_complain(error, EXIT_FAILURE);
    mp_log_error("the server did not start (%s); correct the script and start it again", where);
    app->quit = app->failed = true;
}

static void hear_patch(MpApp *app, const MpPatchEvent *event)
{
    mp_metrics_note_patch(mp_server_of(app)->metrics, event);
}

static void hear_reload(MpApp *app, const MpReloadEvent *event)
{
    (void)app, (void)event; /* logged already */
}

static const MpFront front = {
    .module = &mp_module_engine_parts,
    .engine_mounts = (const MpGameMount[]){{"scripts", "/scripts"},
                                           {"scripts/server", "/scripts"},
                                           {NULL, NULL}},
    .open = open_parts,
    .set_roots = set_roots,
    .fail = fail,
    .hear_patch = hear_patch,
    .hear_reload = hear_reload,
};

/* ---- the command line --------------------------------------------------------------------- */

static bool check_script(const char *script, MpError *error)
{
    const char *name = script ? mp_path_base(script) : "";
    size_t length = strlen(name);
    if (!script)
        mp_error_set(error, MP_INVALID, "which server? name its script: --script server.lua");
    else if (length < 5 || strcmp(name + length - 4, ".lua") != 0)
        mp_error_set(error, MP_INVALID, "--script: '%s' is no name of a Lua script: x.lua", script);
    else if (!mp_file_exists(script) || mp_file_is_directory(script))
        mp_error_set(error, MP_NOT_FOUND, "--script: there is no file '%s'", script);
    else
        return true;
    return false;
}

/* "lobby/server.lua": the scripts are all those in lobby/, and it is their module "server". */
static bool split_script(MpServer *self, char folder[PATH_MAX], MpError *error)
{
    const char *script = self->app.options.script;
    if (!check_script(script, error))
        return false;
    const char *name = mp_path_base(script);
    if (strlen(name) - 4 >= sizeof self->module || !realpath(script, folder)) {
        mp_error_set(error, MP_INVALID, "--script: '%s' is too long a name", script);
        return false;
    }
    snprintf(self->module, sizeof self->module, "%.*s", (int)strlen(name) - 4, name);
    *strrchr(folder, '/') = '\0';
    return true;
}

/* ---- running ------------------------------------------------------------------------------ */

static bool serve_metrics(MpServer *self, MpError *error)
{
    long port = self->app.options.metrics_port;
    if (port < 0)
        return true;
    int chosen = mp_metrics_serve(self->metrics, (int)port, error);
    if (chosen >= 0)
        mp_log_info("metrics: http://127.0.0.1:%d/metrics", chosen);
    return chosen >= 0;
}

static int run(MpServer *self, const char *program)
{
    MpApp *app = &self->app;
    MpError error;
    if (!mp_app_open_files(app, program, &error))
        return mp_app_complain(&error, EXIT_USAGE);
    app->updates = mp_updates_open(app);
    mp_patch_mount_begin(app->patches);
    if (!open_parts(app, &error) || !serve_metrics(self, &error) || !mp_app_open_game(app, &error))
        return mp_app_complain(&error, EXIT_FAILURE);
    mp_app_start_scripts(app);
    if (!app->quit)
        mp_log_info("running: %s, patches from %s/", app->options.script, app->options.patch_dir);
    mp_server_run(self);
    mp_repeats_finish(&app->repeats);
    return app->failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void close_server(MpServer *self)
{
    MpApp *app = &self->app;
    mp_net_destroy(self->net);
    mp_updates_close(app->updates);
    mp_app_close_scripts(app);
    mp_json_destroy(app->json);
    mp_random_destroy(app->random);
    mp_metrics_destroy(self->metrics);
    mp_app_close_files(app);
    uv_loop_close(&self->loop);
}

static int start(MpServer *self, const char *program)
{
    MpApp *app = &self->app;
    MpError error;
    char folder[PATH_MAX];
    if (!split_script(self, folder, &error))
        return mp_app_complain(&error, EXIT_USAGE);
    const char *name = mp_path_base(folder);
    MpGame server = {.name = *name ? name : "server",
                     .version = MP_VERSION,
                     .organisation = "moonpatch-host",
                     .data_folder = folder,
                     .engine_folder = MP_ENGINE_FOLDER,
                     .mounts = (const MpGameMount[]){{".", "/scripts"}, {NULL, NULL}},
                     .module = &mp_module_host};
    app->game = &server;
    app->front = &front;
    app->seed = app->options.has_seed ? app->options.seed : (uint32_t)time(NULL);
    mp_log_set_program(server.name);
    setenv("MOONPATCH_DATA", folder, true); /* MpGame.data_folder comes after what is installed */
    app->log = mp_log_ring_create(&error);
    if (!app->log || uv_loop_init(&self->loop) != 0)
        return mp_app_complain(&error, EXIT_FAILURE);
    if (app->options.rehearse)
        return mp_app_rehearse(app, program);
    int code = run(self, program);
    close_server(self);
    return code;
}

int main(int argc, char **argv)
{
    static MpServer server;
    MpOptions *options = &server.app.options;
    MpError error;
    mp_log_set_program("moonpatch-host");
    if (!mp_options_parse(argc, argv, MP_OPTIONS_HOST, options, &error))
        return mp_app_complain(&error, EXIT_USAGE);
    if (options->show_help)
        mp_options_print_help(stdout, "moonpatch-host", MP_OPTIONS_HOST);
    else if (options->show_version)
        printf("moonpatch-host %s (%s, libuv %s)\n", MP_VERSION, LUAJIT_VERSION,
               uv_version_string());
    else
        return start(&server, argv[0]);
    return EXIT_SUCCESS;
}
