/*
 * What lies in a slot is its release and nothing else; any other is found, not run, and filled
 * anew.
 */
#include "channel/releases.h"
#include "support/sanitized.h"
#include "update/channel/updater.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

TestSuite(slot_check, .init = releases_init, .fini = releases_finish, .timeout = 100);

/* ---- what is damaged ----------------------------------------------------------------------- */

static void damage(const char *name, const char *text)
{
    scratch_remove(&scratch, name);
    scratch_write_text(&scratch, name, text);
}

static const struct Damage {
    const char *file, *text;
} damages[] = {
    {"updates/slots/a/patch/a.lua", "onE"},
    {"updates/slots/a/patch/a.lua", ""},
    {"updates/slots/a/patch/a.lua", "one more"},
    {"updates/slots/a.json", "{}"},
};

Test(slot_check, a_slot_that_is_damaged_is_found_and_filled_anew)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        MpSlots slots;
        MpChannelState state;
        MpError error;
        int slot;
        run_release(1);
        damage(damages[i].file, damages[i].text);
        open_slots(&slots, &state);
        cr_expect_not(mp_slots_check(&slots, &state, 0, &error), "%zu", i);
        cr_expect_eq(error.status, MP_FORMAT);
        cr_assert(mp_slots_empty(&slots, &state, 0, &error), "%s", error.message);
        cr_expect_eq(state.active, MP_SLOT_EMBEDDED);
        cr_assert(install(&slots, &state, 1, &slot, &error), "%s", error.message);
        cr_expect_str_eq(content(slot, "patch/a.lua"), "one");
        mp_slots_close(&slots);
        releases_finish(), releases_init();
    }
}

Test(slot_check, an_object_that_is_damaged_is_not_installed_but_removed)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    MpHash two = mp_hash_of("two", 3);
    char name[128];
    int slot;
    open_old(&slots, &state);
    snprintf(name, sizeof name, "updates/objects/%s", two.text);
    damage(name, "twO");
    cr_expect_not(install(&slots, &state, 2, &slot, &error));
    cr_expect_eq(error.status, MP_FORMAT);
    cr_expect_neq(access(scratch_path(&scratch, name), F_OK), 0);
    cr_expect(mp_slots_check(&slots, &state, 0, NULL));
    mp_slots_close(&slots);
}

/* ---- what is not of the release ------------------------------------------------------------ */

typedef enum Kind { A_FILE, A_FOLDER, A_LINK, A_PIPE, MOVED } Kind;

/* In slot b, where release 2 is: patch/a.lua, patch/b.lua and patch/scripts/c.lua. */
static const struct Stray {
    Kind kind;
    const char *name;
} strays[] = {
    {A_FILE, "patch/triple-shot.lua"},
    {A_FILE, "patch/0.lua"},
    {A_FILE, "patch/a.lua.bak"},
    {A_FILE, "patch/.hidden"},
    {A_FILE, "patch/scripts/main.lua"},
    {A_FILE, "patch/scripts/c.lu"},
    {A_FILE, "patch/scripts.lua"},
    {A_FILE, "z.lua"},
    {A_FOLDER, "patch/a"},
    {A_FOLDER, "patch/scripts/c"},
    {A_FOLDER, "patch/script"},
    {A_FOLDER, "pat"},
    {A_LINK, "patch/z.lua"},
    {A_LINK, "patch/more"},
    {A_PIPE, "patch/scripts/pipe.lua"},
    /* Links to what is right today. */
    {MOVED, "patch/a.lua"},
    {MOVED, "patch/scripts"},
    {MOVED, "patch"},
    {MOVED, ""},
};

static void add_stray(const struct Stray *stray)
{
    char name[128];
    snprintf(name, sizeof name, "updates/slots/b%s%s", stray->name[0] ? "/" : "", stray->name);
    const char *path = scratch_path(&scratch, name), *target = scratch_path(&scratch, "moved");
    if (stray->kind == A_FILE)
        scratch_write_text(&scratch, name, "error(1)");
    else if (stray->kind == A_FOLDER)
        scratch_make_folder(&scratch, name);
    else if (stray->kind == A_PIPE)
        cr_assert_eq(mkfifo(path, 0644), 0);
    else {
        cr_assert(stray->kind == A_LINK || rename(path, target) == 0);
        cr_assert_eq(symlink(target, path), 0);
    }
}

/* Release 2 runs, and release 1 is what it can go back to. */
static void make_both(void)
{
    run_release(1);
    run_release(2);
}

static MpUpdater *open_updater_that_posts(const char *telemetry)
{
    MpError error;
    const MpUpdaterOptions options = {.user_folder = scratch.path,
                                      .app = "moonbase",
                                      .channel = "stable",
                                      .url = "http://127.0.0.1:1",
                                      .root = "",
                                      .program = "moonbase",
                                      .telemetry = telemetry,
                                      .poll_seconds = 60};
    MpUpdater *updater = mp_updater_open(&options, &error);
    cr_assert_not_null(updater, "%s", error.message);
    return updater;
}

static MpUpdater *open_updater(void) { return open_updater_that_posts(NULL); }

Test(slot_check, a_slot_with_nothing_else_in_it_runs)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    make_both();
    MpUpdater *updater = open_updater();
    cr_expect_eq(mp_updater_release(updater), 2);
    cr_expect_not(mp_updater_hear(updater, MP_FOR_PLAYER, line), "%s", line);
    mp_updater_close(updater);
}

Test(slot_check, a_slot_in_which_anything_else_lies_is_not_run)
{
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        char line[MP_ERROR_MESSAGE_SIZE] = "";
        make_both();
        add_stray(&strays[i]);
        MpUpdater *updater = open_updater();
        cr_expect_eq(mp_updater_release(updater), 1, "'%s'", strays[i].name);
        mp_updater_hear(updater, MP_FOR_PLAYER, line);
        cr_expect(strstr(line, "an update on the disk is damaged and is loaded again"), "'%s': %s",
                  strays[i].name, line);
        cr_expect(strstr(line, strays[i].name), "'%s': %s", strays[i].name, line);
        mp_updater_close(updater);
        releases_finish(), releases_init();
    }
}

Test(slot_check, a_slot_in_which_anything_else_lies_is_filled_anew)
{
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        MpSlots slots;
        MpChannelState state;
        MpError error;
        int slot = MP_SLOT_NONE;
        make_both();
        add_stray(&strays[i]);
        open_slots(&slots, &state);
        state.active = 0;
        cr_expect_not(mp_slots_check(&slots, &state, 1, &error), "'%s'", strays[i].name);
        cr_expect(install(&slots, &state, 2, &slot, &error), "'%s': %s", strays[i].name,
                  error.message);
        cr_expect_eq(slot, 1);
        cr_expect(mp_slots_check(&slots, &state, 1, &error), "'%s': %s", strays[i].name,
                  error.message);
        mp_slots_close(&slots);
        releases_finish(), releases_init();
    }
}

Test(slot_check, what_is_gone_back_to_is_checked_as_at_the_start)
{
    char line[MP_ERROR_MESSAGE_SIZE] = "";
    for (size_t strayed = 0; strayed < 2; strayed++) {
        make_both();
        MpUpdater *updater = open_updater();
        if (strayed)
            scratch_write_text(&scratch, "updates/slots/a/patch/stray.lua", "error(1)");
        mp_updater_fail(updater, "oops");
        cr_expect_eq(mp_updater_release(updater), strayed ? 0 : 1);
        cr_expect_eq(mp_updater_files(updater)->count, strayed ? 0 : 2);
        cr_expect_eq(mp_updater_folder(updater) == NULL, strayed == 1);
        cr_expect_eq(mp_updater_hear(updater, MP_FOR_PLAYER, line), strayed == 1);
        cr_expect_eq(strstr(line, "stray.lua' is not of the release") != NULL, strayed == 1);
        mp_updater_close(updater);
        releases_finish(), releases_init();
    }
}

/* A server that takes connections, and never answers. */
static int listen_silently(char *url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(listen(listener, 8), 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    snprintf(url, size, "http://127.0.0.1:%u/", ntohs(address.sin_port));
    return listener;
}

Test(slot_check, verdicts_that_nobody_takes_do_not_hold_up_the_end)
{
    char url[64];
    MpError error;
    int listener = listen_silently(url, sizeof url);
    make_both();
    MpUpdater *updater = open_updater_that_posts(url);
    cr_assert(mp_updater_start(updater, &error), "%s", error.message);
    mp_updater_fail(updater, "oops");
    mp_updater_fail(updater, "oops again");
    uint64_t start = uv_hrtime();
    mp_updater_close(updater);
    double seconds = (double)(uv_hrtime() - start) / 1e9;
    int taken = accept(listener, NULL, NULL);
    cr_expect_geq(taken, 0, "one was on its way");
    cr_expect_lt(seconds, 1.0, "%.1f s", seconds);
    close(taken);
    close(listener);
}

/* ---- what it takes ------------------------------------------------------------------------- */

enum { FILES = 16, FILE_SIZE = 4 << 20 };

/* Of the start's time, reading a release is all but everything: docs/updates.md says how much. */
Test(slot_check, a_release_of_64_mib_is_read_at_the_start_within_a_second)
{
    static char content[FILE_SIZE];
    MpHash found, right = mp_hash_of(content, FILE_SIZE);
    FILE *file = fopen(scratch_path(&scratch, "large"), "wb");
    cr_assert_eq(fwrite(content, 1, FILE_SIZE, file), (size_t)FILE_SIZE);
    fclose(file);
    uint64_t start = uv_hrtime();
    for (int i = 0; i < FILES; i++) {
        cr_assert(mp_hash_of_file(scratch_path(&scratch, "large"), FILE_SIZE, &found, NULL));
        cr_expect(mp_hash_same(&found, &right));
    }
    double ms = (double)(uv_hrtime() - start) / 1e6;
    cr_expect_lt(ms, SANITIZED ? 10000 : 1000, "%.0f ms", ms);
}
