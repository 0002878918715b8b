/*
 * loop.c - frames: events, patches, fixed steps, a picture.
 *
 * Patches change what runs only here, between two frames, when no script is running.
 */
#include "app/context.h"

#include "app/hang_watch.h"
#include "clock/clock.h"
#include "graphics/tile_map.h"
#include "input/control.h"
#include "log/log.h"
#include "recording/recording.h"

#include <SDL_events.h>
#include <SDL_timer.h>
#include <signal.h>

static const double STEP = 1.0 / MP_APP_STEPS_PER_SECOND;

/* A machine that cannot keep up slows the game down instead of falling further behind. */
enum { STEPS_PER_FRAME = 5, MINIMISED_MS = 50 };

/* Of each frame, for the garbage of scripts. */
enum { COLLECT_MICROSECONDS = 1000 };

/* ---- events ------------------------------------------------------------------------------- */

static void asset_problem(void *user, const char *path, const MpError *problem)
{
    (void)user;
    mp_log_warning("%s keeps its earlier content: %s", path, problem->message);
}

static void toggle_fullscreen(MpApp *app)
{
    MpError error;
    if (!mp_window_set_fullscreen(app->window, !mp_window_is_fullscreen(app->window), &error))
        mp_log_warning("%s", error.message);
}

static bool is_fullscreen_key(const SDL_KeyboardEvent *key)
{
    return key->keysym.sym == SDLK_F11 ||
           (key->keysym.sym == SDLK_RETURN && (key->keysym.mod & KMOD_ALT) != 0);
}

/* The game does not hear of the keys that are the engine's own. */
static void handle_key(MpApp *app, const SDL_Event *event)
{
    if (is_fullscreen_key(&event->key)) {
        if (!event->key.repeat)
            toggle_fullscreen(app);
    } else if (!mp_halt_is_on(app) || !mp_halt_handle_event(app, event)) {
        mp_input_handle_event(app->input, event);
    }
}

static void handle_event(MpApp *app, const SDL_Event *event)
{
    mp_window_handle_event(app->window, event);
    mp_graphics_handle_event(app->graphics, event, asset_problem, NULL);
    mp_audio_handle_event(app->audio, event);
    if (event->type == SDL_KEYDOWN)
        handle_key(app, event);
    else if (!mp_halt_is_on(app) || !mp_halt_handle_event(app, event))
        mp_input_handle_event(app->input, event);
    if (event->type == SDL_QUIT)
        app->quit = true;
}

static void key_pressed(MpApp *app, int control, bool is_repeat)
{
    char name[MP_CONTROL_NAME_SIZE];
    mp_control_name(control, name);
    mp_app_call(app, "key_pressed", "sb", name, (int)is_repeat);
}

/* What the scripts hear at once. */
static void hear_signal(void *user, const MpSignal *signal)
{
    MpApp *app = user;
    if (mp_halt_is_on(app))
        return;
    mp_session_note_signal(app->session, signal);
    switch (signal->kind) {
    case MP_SIGNAL_CONTROL:
        if (signal->number < MP_CONTROL_MOUSE && signal->x > 0)
            key_pressed(app, signal->number, false);
        break;
    case MP_SIGNAL_REPEAT:
        key_pressed(app, signal->number, true);
        break;
    case MP_SIGNAL_TEXT:
        mp_app_call(app, "text_input", "s", signal->text);
        break;
    case MP_SIGNAL_FOCUS:
        mp_app_call(app, "focus", "b", signal->number);
        break;
    case MP_SIGNAL_GAMEPADS:
        mp_app_call(app, "gamepads", "i", signal->number);
        break;
    default: /* what steps see */
        break;
    }
}

/* ---- a frame ------------------------------------------------------------------------------ */

static void hear_asset(void *user, const MpAsset *asset, const MpError *problem)
{
    (void)user;
    if (problem)
        mp_log_warning("%s keeps its earlier content: %s", asset->path, problem->message);
    else
        mp_log_info("reloaded %s", asset->path);
}

void mp_app_read_mappings(MpApp *app)
{
    MpError error;
    if (!mp_input_read_mappings(app->input, app->vfs, &error))
        mp_log_warning("%s", error.message);
}

/* Where every run shall be like the last, no frame comes before what it should show. */
void mp_app_reload_assets(MpApp *app, bool may_have_changed)
{
    if (may_have_changed) {
        mp_tile_maps_check(app->graphics);
        mp_assets_check(app->assets);
        mp_app_read_mappings(app);
    }
    if (may_have_changed && (app->options.headless || app->session))
        mp_assets_wait(app->assets);
    mp_assets_poll(app->assets, hear_asset, NULL);
}

static void step(MpApp *app)
{
    mp_input_begin_step(app->input);
    mp_app_call(app, "update", "n", STEP);
    mp_input_end_step(app->input);
}

static void draw(MpApp *app, double alpha)
{
    mp_graphics_begin(app->graphics);
    mp_app_call(app, "draw", "n", alpha);
}

/* Scripts may do more than draw: a recording has all frames, and so has its replay. */
static bool is_seen(const MpApp *app)
{
    return app->session || !mp_window_is_minimised(app->window);
}

static void ask_for_quit(MpApp *app)
{
    bool quit = false;
    mp_app_call(app, "wants_quit", ">b", &quit);
    app->quit = app->quit || quit;
}

/* Steps to make for `elapsed` seconds; what is left over stays in `*behind`. */
static int steps_due(double elapsed, double *behind)
{
    *behind += elapsed;
    int due = 0;
    while (*behind >= STEP && due < STEPS_PER_FRAME) {
        *behind -= STEP;
        due++;
    }
    if (*behind > STEP)
        *behind = STEP;
    return due;
}

/* Headless games do not wait for the clock: every frame is one step. */
static MpFrame next_frame(const MpApp *app, double elapsed, double *behind)
{
    if (app->options.headless)
        return (MpFrame){.steps = 1, .alpha = MP_RECORDING_WHOLE};
    unsigned steps = (unsigned)steps_due(elapsed, behind);
    return (MpFrame){.steps = steps, .alpha = (unsigned)(*behind / STEP * MP_RECORDING_WHOLE)};
}

static void mark(MpApp *app, MpMeterPart part)
{
    MpVmSamples samples = mp_vm_samples(app->vm);
    mp_meter_mark(app->meter, part);
    mp_meter_note_samples(app->meter, part, samples.script, samples.native);
}

static void sample_if_wanted(MpApp *app)
{
    MpError error;
    if (mp_vm_set_sampling(app->vm, app->meter->sampling, &error))
        return;
    app->meter->sampling = false;
    mp_log_warning("%s", error.message);
}

static void play_frame(MpApp *app, MpFrame frame)
{
    for (unsigned i = 0; i < frame.steps; i++)
        step(app);
    mark(app, MP_METER_UPDATE);
    if (is_seen(app))
        draw(app, (double)frame.alpha / MP_RECORDING_WHOLE);
    ask_for_quit(app);
    mark(app, MP_METER_DRAW);
    if (mp_halt_is_on(app))
        return;
    mp_session_end_frame(app->session);
    mp_vm_collect(app->vm, COLLECT_MICROSECONDS);
    mark(app, MP_METER_COLLECT);
}

static void follow_sound_device(MpApp *app, double now)
{
    const char *news = mp_audio_poll(app->audio, now);
    if (news)
        mp_log_warning("%s", news);
}

static void run_frame(MpApp *app, double elapsed, double *behind)
{
    double start = mp_clock_seconds();
    sample_if_wanted(app);
    mp_meter_begin(app->meter);
    mp_app_poll_patches(app);
    follow_sound_device(app, start);
    mark(app, MP_METER_PATCHES);
    MpFrame frame = next_frame(app, elapsed, behind);
    if (!mp_session_begin_frame(app->session, &frame)) {
        app->quit = true;
        return;
    }
    play_frame(app, frame);
    app->frames++;
    mp_hang_watch_end(app->hang_watch); /* to show a picture may take as long as it is hidden */
    if (mp_halt_is_on(app))
        return; /* what was drawn of the picture is given up */
    mp_frame_times_add(&app->times, mp_clock_seconds() - start);
    if (is_seen(app))
        mp_graphics_present(app->graphics);
    mp_meter_mark(app->meter, MP_METER_SHOW);
    mp_meter_end(app->meter, mp_vm_memory(app->vm));
    mp_halt_forget_picture(app);
}

static void run_frame_or_wait(MpApp *app, double elapsed, double *behind)
{
    mp_hang_watch_begin(app->hang_watch);
    SDL_Event event;
    while (SDL_PollEvent(&event))
        handle_event(app, &event);
    if (!mp_halt_is_on(app)) {
        run_frame(app, elapsed, behind);
        return;
    }
    mp_hang_watch_end(app->hang_watch);
    mp_halt_frame(app);
    app->frames++;
}

/* ---- the end of a terminal ---------------------------------------------------------------- */

static volatile sig_atomic_t hung_up;

static void note_hangup(int signal)
{
    (void)signal;
    hung_up = true;
}

/* SDL makes a quit event of SIGINT and SIGTERM, but not of this one. Who started the game with
   nohup wants it to go on. */
static void watch_for_hangup(void)
{
    struct sigaction old;
    if (sigaction(SIGHUP, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        sigaction(SIGHUP, &(struct sigaction){.sa_handler = note_hangup}, NULL);
}

void mp_app_run(MpApp *app)
{
    watch_for_hangup();
    mp_input_set_listener(app->input, hear_signal, app);
    double last = mp_clock_seconds(), behind = 0;
    while (!app->quit && !hung_up &&
           (app->options.frames == 0 || app->frames < app->options.frames)) {
        double now = mp_clock_seconds();
        run_frame_or_wait(app, now - last, &behind);
        last = now;
        if (mp_window_is_minimised(app->window))
            SDL_Delay(MINIMISED_MS);
    }
    app->failed = app->failed || mp_halt_is_on(app);
    if (app->failed && app->halt && app->options.headless)
        mp_halt_draw(app); /* for the screenshot */
    mp_session_finish(app->session);
    mp_app_ask(app, "quit", "");
}
