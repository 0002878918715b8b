/* A session that is recorded and played again: the same game, whatever was pressed and whenever. */
#include "app/app.h"
#include "log/log.h"
#include "support/scratch.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static Scratch scratch;
static char told[8192]; /* by the log */

static void keep_log(void *user, MpLogLevel level, const char *text)
{
    (void)user;
    (void)level;
    strncat(told, text, sizeof told - strlen(told) - 2);
    strcat(told, "\n");
}

/* Its score says all that it ever saw. */
static const char watching_game[] =
    "local input, random, storage = require 'input', require 'random', require 'storage'\n"
    "local hash, steps = 0, 0\n"
    "local function see(...)\n"
    "   local text = table.concat({ ... }, ',')\n"
    "   for i = 1, #text do hash = (hash * 31 + text:byte(i)) % 2147483647 end\n"
    "end\n"
    "input.bind { fire = { 'key:space', 'mouse:left', 'mouse:wheelup' }, move = { 'mouse:x+' } }\n"
    "return {\n"
    "   load = function() see('saved', tostring(storage.read 'count')) end,\n"
    "   update = function()\n"
    "      steps = steps + 1\n"
    "      local x, y = input.mouse()\n"
    "      local dx, dy = input.motion()\n"
    "      see(x, y, dx, dy, input.value 'move', input.value 'fire', tostring(input.pressed "
    "'fire'))\n"
    "      see(input.device(), select(2, input.wheel()))\n"
    "      if input.pressed 'fire' then see(random.float()) end\n"
    "      if steps % 100 == 0 then\n"
    "         storage.write('count', tostring(hash))\n"
    "         see(storage.read 'count', tostring(input.clipboard()))\n"
    "         input.text(not input.text())\n"
    "      end\n"
    "   end,\n"
    "   key_pressed = function(key, again) see('key', key, tostring(again)) end,\n"
    "   text_input = function(text) see('text', text) end,\n"
    "   focus = function(on) see('focus', tostring(on)) end,\n"
    "   quit = function() see(tostring(storage.read 'count')) end,\n"
    "   report = function() return { score = hash } end,\n"
    "}\n";

static void init(void)
{
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "patch");
    scratch_make_folder(&scratch, "patch/scripts");
    scratch_write_text(&scratch, "patch/scripts/main.lua", watching_game);
    mp_log_add_sink(keep_log, NULL);
}

static void finish(void)
{
    mp_log_remove_sink(keep_log, NULL);
    scratch_finish(&scratch);
}

TestSuite(replay, .init = init, .fini = finish, .timeout = 120);

/* ---- somebody who plays --------------------------------------------------------------------- */

typedef struct Player {
    SDL_Thread *thread;
    SDL_atomic_t stop;
} Player;

static SDL_Event make_event(int kind, int number)
{
    SDL_Event event = {0};
    switch (kind) {
    case 0:
        event.type = number % 2 ? SDL_KEYDOWN : SDL_KEYUP;
        event.key.keysym.scancode = number % 3 ? SDL_SCANCODE_SPACE : SDL_SCANCODE_A;
        event.key.state = number % 2 ? SDL_PRESSED : SDL_RELEASED;
        event.key.repeat = number % 5 == 0;
        break;
    case 1:
        event.type = SDL_MOUSEMOTION;
        event.motion.x = number * 7 % 320;
        event.motion.y = number * 3 % 180;
        break;
    case 2:
        event.type = number % 2 ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
        event.button.button = SDL_BUTTON_LEFT;
        event.button.state = number % 2 ? SDL_PRESSED : SDL_RELEASED;
        break;
    case 3:
        event.type = SDL_MOUSEWHEEL;
        event.wheel.preciseY = number % 2 ? 1 : -0.25f;
        break;
    case 4:
        event.type = SDL_TEXTINPUT;
        snprintf(event.text.text, sizeof event.text.text, "\xC3\xA4%d", number);
        break;
    default:
        event.type = SDL_WINDOWEVENT;
        event.window.event = number % 2 ? SDL_WINDOWEVENT_FOCUS_LOST : SDL_WINDOWEVENT_FOCUS_GAINED;
        break;
    }
    return event;
}

static int press_keys(void *user)
{
    Player *player = user;
    for (int number = 0; !SDL_AtomicGet(&player->stop); number++) {
        SDL_Event event = make_event(number % 6, number / 6);
        SDL_PushEvent(&event);
        SDL_Delay(1);
    }
    return 0;
}

static bool begin_playing(MpApp *app, void **state, MpError *error)
{
    (void)app;
    (void)error;
    Player *player = calloc(1, sizeof *player);
    player->thread = SDL_CreateThread(press_keys, "player", player);
    *state = player;
    return player->thread != NULL;
}

static void stop_playing(void *state)
{
    Player *player = state;
    SDL_AtomicSet(&player->stop, 1);
    SDL_WaitThread(player->thread, NULL);
    free(player);
}

/* ---- runs --------------------------------------------------------------------------------- */

/* The score; the player disturbs replays, too. Extra words are NULL or a flag and its value. */
static double run(const char *flag, const char *extra_flag, const char *extra, int code)
{
    static const MpGameMount no_mounts[] = {{NULL, NULL}};
    const MpGame game = {.name = "watcher",
                         .title = "Watcher",
                         .version = "1",
                         .organisation = "moonpatch",
                         .data_folder = MP_TEST_DATA,
                         .width = 320,
                         .height = 180,
                         .mounts = no_mounts,
                         .create = begin_playing,
                         .destroy = stop_playing};
    const char *const options[] = {
        "watcher",     "--headless",
        "--rehearsal", "off",
        "--patch-dir", scratch_path(&scratch, "patch"),
        "--user-dir",  scratch_path(&scratch, "user"),
        "--report",    scratch_path(&scratch, "report.json"),
        flag,          scratch_path(&scratch, "session.rec"),
        extra_flag,    extra,
    };
    enum { COUNT = sizeof options / sizeof *options };
    char words[COUNT][SCRATCH_PATH_SIZE], *arguments[COUNT + 1] = {NULL};
    int count = 0;
    for (size_t i = 0; i < COUNT && options[i]; i++, count++)
        arguments[count] = strcpy(words[i], options[i]);
    told[0] = '\0';
    remove(scratch_path(&scratch, "report.json"));
    int ended = mp_app_main(count, arguments, &game);
    cr_expect_eq(ended, code, "exit code %d: %s", ended, told);
    json_t *figures = json_load_file(scratch_path(&scratch, "report.json"), 0, NULL);
    double score = figures ? json_number_value(json_object_get(figures, "score")) : -1;
    json_decref(figures);
    return score;
}

static double record(void) { return run("--record", "--frames", "600", 0); }

static double replay(int code) { return run("--replay", NULL, NULL, code); }

static void expect_told(const char *text)
{
    cr_expect(strstr(told, text), "%s in: %s", text, told);
}

static char *read_session(size_t *size)
{
    FILE *file = fopen(scratch_path(&scratch, "session.rec"), "rb");
    cr_assert(file);
    char *bytes = malloc(1 << 20);
    *size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

Test(replay, is_the_same_game)
{
    double score = record();
    size_t size;
    free(read_session(&size));
    cr_expect_gt(size, 1500, "nothing was pressed: %zu bytes", size);
    cr_expect_eq(replay(0), score);
    expect_told("the replay is over: 600 steps, the same as recorded");
    cr_expect_neq(record(), score, "another session is another game");
}

Test(replay, leaves_saved_files_alone)
{
    scratch_make_folder(&scratch, "user");
    scratch_write_text(&scratch, "user/count", "1");
    double score = record();
    scratch_write_text(&scratch, "user/count", "2");
    cr_expect_eq(replay(0), score);
    FILE *file = fopen(scratch_path(&scratch, "user/count"), "r");
    char text[16] = "";
    cr_assert(file && fgets(text, sizeof text, file));
    fclose(file);
    cr_expect_str_eq(text, "2");
}

Test(replay, has_the_seed_of_the_recording)
{
    record();
    run("--replay", "--seed", "1", 0);
    run("--replay", "--seed", "2", 2);
    expect_told("the recording has the seed 1; leave --seed out");
}

Test(replay, tells_where_a_changed_script_makes_a_difference)
{
    record();
    static char changed[sizeof watching_game + 16];
    strcpy(changed, watching_game);
    char *place = strstr(changed, "steps % 100 == 0");
    memcpy(place, "steps % 150 == 0", strlen("steps % 150 == 0"));
    scratch_write_text(&scratch, "patch/scripts/main.lua", changed);
    replay(1);
    expect_told("scripts/main.lua has changed since this was recorded");
    expect_told("the replay differs from the recording at step 100 (the same up to step 60): it "
                "does not ask for a saved file");
}

Test(replay, tells_when_the_report_is_another)
{
    record();
    static char changed[sizeof watching_game + 16];
    strcpy(changed, watching_game);
    memcpy(strstr(changed, "hash * 31"), "hash * 37", strlen("hash * 37"));
    scratch_write_text(&scratch, "patch/scripts/main.lua", changed);
    replay(1);
    expect_told("at step 60 (the same up to step 0): the game's report or its chance is another");
}

Test(replay, goes_up_to_where_the_recording_was_cut)
{
    record();
    size_t size;
    char *bytes = read_session(&size);
    scratch_write(&scratch, "session.rec", bytes, size - 300);
    replay(0);
    expect_told("the recording was cut off: it ends at step ");
    free(bytes);
}

Test(replay, stops_where_the_recording_is_damaged)
{
    record();
    size_t size;
    char *bytes = read_session(&size);
    char *header = memmem(bytes, size, "}", 2);
    cr_assert(header);
    header[2 + 4] = 0x01; /* no kind of record; after the header's sum */
    scratch_write(&scratch, "session.rec", bytes, size - 300);
    replay(1);
    expect_told("the recording is damaged at byte ");
    header[2 + 4] = 'a';
    bytes[size / 2] ^= 4;
    scratch_write(&scratch, "session.rec", bytes, size);
    free(bytes);
    replay(2);
    expect_told("session.rec': the recording is damaged, its bytes are not those that were "
                "recorded: take another copy of it, or record the session again");
}

Test(replay, refuses_what_is_no_recording)
{
    scratch_write_text(&scratch, "session.rec", "moonpatch-recording 9\n");
    replay(2);
    expect_told("this recording has another format than this engine's: replay it with the engine "
                "that made it, or record the session again");
    scratch_write_text(&scratch, "session.rec", "");
    replay(2);
    expect_told("this is no recording");
    run("--replay", "--record", "other.rec", 2);
    expect_told("--record and --replay do not go together");
}
