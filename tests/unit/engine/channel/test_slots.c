/*
 * Whatever happens while a release is put into a slot: what the game runs stays whole, and so does
 * what it can go back to; and it can be done again.
 */
#include "channel/releases.h"
#include "patches/faults.h"
#include "patches/power.h"
#include "patches/system.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(slots, .init = releases_init, .fini = releases_finish, .timeout = 100);

/* ---- what it is for ------------------------------------------------------------------------ */

Test(slots, a_release_lies_in_the_slot_that_is_free)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    int slot = MP_SLOT_NONE;
    open_old(&slots, &state);
    cr_assert(install(&slots, &state, 2, &slot, &error), "%s", error.message);
    cr_expect_eq(slot, 1);
    cr_expect_str_eq(content(1, "patch/a.lua"), "two");
    cr_expect_str_eq(content(1, "patch/scripts/c.lua"), "two");
    cr_expect_str_eq(content(0, "patch/a.lua"), "one");
    cr_expect(mp_slots_check(&slots, &state, 1, &error), "%s", error.message);
    char *folder = mp_slots_patches(&slots, 1);
    cr_expect(strstr(folder, "updates/slots/b/patch"), "%s", folder);
    free(folder);
    mp_slots_close(&slots);
}

Test(slots, one_that_is_there_already_is_left_alone)
{
    MpSlots slots;
    MpChannelState state;
    struct stat before, after;
    int slot;
    open_old(&slots, &state);
    const char *path = scratch_path(&scratch, "updates/slots/a.json");
    stat(path, &before);
    cr_assert(install(&slots, &state, 1, &slot, NULL));
    stat(path, &after);
    cr_expect_eq(slot, 0);
    cr_expect_eq(before.st_ino, after.st_ino);
    mp_slots_close(&slots);
}

Test(slots, what_one_could_go_back_to_is_not_overwritten)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    int slot;
    open_old(&slots, &state);
    cr_assert(install(&slots, &state, 2, &slot, NULL));
    state.active = slot; /* on trial */
    cr_expect_not(install(&slots, &state, 3, &slot, &error));
    cr_expect_eq(error.status, MP_REFUSED);
    cr_expect_eq(mp_state_fallback(&state), 0);
    state.slots[state.active].good = true;
    cr_expect(install(&slots, &state, 3, &slot, &error), "%s", error.message);
    cr_expect_eq(slot, 0);
    cr_expect_str_eq(content(0, "patch/a.lua"), "three");
    cr_expect_str_eq(content(0, "patch/b.lua"), "");
    mp_slots_close(&slots);
}

Test(slots, a_release_that_did_harm_goes_and_the_one_before_it_runs)
{
    MpSlots slots;
    MpChannelState state;
    int slot;
    open_old(&slots, &state);
    cr_assert(install(&slots, &state, 2, &slot, NULL));
    state.active = slot;
    mp_state_condemn(&state, 2, "a.lua:3: oops\nstack traceback");
    cr_assert(mp_state_save(slots.folder, &state, NULL));
    cr_assert(mp_state_load(slots.folder, &state, NULL));
    cr_expect_eq(state.active, 0);
    cr_expect_str_eq(mp_state_find_condemned(&state, 2), "a.lua:3: oops");
    cr_expect_eq(mp_state_find(&state, 2), MP_SLOT_NONE);
    mp_state_condemn(&state, 1, "worse");
    cr_expect_eq(state.active, MP_SLOT_EMBEDDED);
    mp_slots_close(&slots);
}

Test(slots, the_oldest_of_too_many_condemned_releases_is_forgotten)
{
    MpChannelState state;
    mp_state_init(&state, "moonbase", "stable");
    for (MpReleaseNumber number = 1; number <= MP_CONDEMNED_LIMIT + 1; number++)
        mp_state_condemn(&state, number, "");
    cr_expect_null(mp_state_find_condemned(&state, 1));
    cr_expect_not_null(mp_state_find_condemned(&state, 2));
    cr_expect_not_null(mp_state_find_condemned(&state, MP_CONDEMNED_LIMIT + 1));
}

Test(slots, objects_that_no_slot_needs_go)
{
    MpSlots slots;
    MpChannelState state;
    open_old(&slots, &state);
    mp_slots_collect(&slots, &state);
    MpHash one = mp_hash_of("one", 3), two = mp_hash_of("two", 3);
    cr_expect(mp_slots_has_object(&slots, &one, 3));
    cr_expect_not(mp_slots_has_object(&slots, &two, 3));
    mp_slots_close(&slots);
}

Test(slots, the_number_of_an_installation_stays_the_same)
{
    MpSlots slots, again;
    cr_assert(mp_slots_open(&slots, scratch.path, NULL));
    cr_assert(mp_slots_open(&again, scratch.path, NULL));
    cr_expect_arr_eq(slots.install.bytes, again.install.bytes, MP_INSTALL_SIZE);
    cr_expect_geq(slots.lock, 0);
    cr_expect_eq(again.lock, -1, "another process has it");
    mp_slots_close(&again);
    mp_slots_close(&slots);
}

/* ---- a state that is damaged ----------------------------------------------------------------- */

static const char *const bad_states[] = {
    "",
    "{}",
    "[]",
    "{\"app\":\"a\",\"channel\":\"c\",\"active\":0,\"next\":-2,\"slots\":[null,null],"
    "\"condemned\":[],\"checked\":0,\"problem\":\"\"}",
    "{\"app\":\"a\",\"channel\":\"c\",\"active\":7,\"next\":-2,\"slots\":[null,null],"
    "\"condemned\":[],\"checked\":0,\"problem\":\"\"}",
    "{\"app\":\"a\",\"channel\":\"c\",\"active\":-1,\"next\":-2,\"slots\":[{\"release\":1},null],"
    "\"condemned\":[],\"checked\":0,\"problem\":\"\"}",
    "{\"app\":\"a\",\"channel\":\"c\",\"active\":-1,\"next\":-2,\"slots\":[null,null],"
    "\"condemned\":[{\"release\":\"x\"}],\"checked\":0,\"problem\":\"\"}",
};

Test(slots, a_state_that_is_damaged_is_none)
{
    for (size_t i = 0; i < sizeof bad_states / sizeof *bad_states; i++) {
        MpChannelState state = {.active = 42};
        MpError error;
        scratch_write_text(&scratch, "state.json", bad_states[i]);
        cr_expect_not(mp_state_load(scratch.path, &state, &error), "%s", bad_states[i]);
        cr_expect_eq(error.status, MP_FORMAT);
        cr_expect_eq(state.active, 42);
    }
}

Test(slots, a_state_that_is_damaged_or_missing_is_taken_from_its_copy)
{
    static const char *const damages[] = {"echo >state.json", "rm state.json",
                                          "rm state.json && mkdir state.json",
                                          "echo >state.copy.json", "rm state.copy.json"};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        MpChannelState state, read = {.active = 42};
        MpError error = {0};
        char command[600];
        mp_state_init(&state, "a", "c");
        state.checked = 7;
        cr_assert(mp_state_save(scratch.path, &state, &error), "%s", error.message);
        snprintf(command, sizeof command, "cd '%s' && %s", scratch.path, damages[i]);
        cr_assert_eq(system(command), 0);
        cr_expect(mp_state_load(scratch.path, &read, &error), "%s: %s", damages[i], error.message);
        cr_expect_eq(read.checked, 7, "%s", damages[i]);
        snprintf(command, sizeof command, "rm -r '%s'/state*", scratch.path);
        cr_assert_eq(system(command), 0);
    }
}

/* ---- kill -9 ------------------------------------------------------------------------------- */

/* The old release is whole and runs; the new one is in its slot, or nothing is. */
static bool expect_old_and_maybe_new(const char *folder, const char *what, unsigned call)
{
    MpSlots slots = {.lock = -1};
    MpChannelState state;
    MpError error;
    char path[600];
    snprintf(path, sizeof path, "%s/updates", folder);
    slots.folder = path;
    cr_assert(mp_state_load(path, &state, &error), "%s, call %u: %s", what, call, error.message);
    cr_expect_eq(state.active, 0, "%s, call %u", what, call);
    cr_expect(mp_slots_check(&slots, &state, 0, &error), "%s, call %u: %s", what, call,
              error.message);
    bool is_new = state.slots[1].release == 2, is_filled = state.slots[1].release != 0;
    cr_expect(!is_filled || mp_slots_check(&slots, &state, 1, &error), "%s, call %u: %s", what,
              call, error.message);
    return is_new;
}

static void expect_new_after_again(const char *what, unsigned call)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    int slot;
    open_slots(&slots, &state);
    cr_expect(install(&slots, &state, 2, &slot, &error), "%s, call %u: %s", what, call,
              error.message);
    cr_expect_str_eq(content(1, "patch/scripts/c.lua"), "two", "%s, call %u", what, call);
    mp_slots_close(&slots);
}

/* Over what was there before: the slot is emptied first. */
static void fill_other(void)
{
    MpSlots slots;
    MpChannelState state;
    int slot;
    open_slots(&slots, &state);
    cr_assert(install(&slots, &state, 3, &slot, NULL));
    mp_slots_close(&slots);
}

/* Returns whether the process came to its end before the call. */
static bool run_killed_at(unsigned call)
{
    pid_t child = fork();
    if (child == 0) {
        MpSlots slots;
        MpChannelState state;
        int slot;
        open_slots(&slots, &state);
        faults_plan((Faults){.kind = FAULT_DIE, .call = call});
        install(&slots, &state, 2, &slot, NULL);
        _exit(0);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status), "call %u", call);
    return WEXITSTATUS(status) == 0;
}

Test(slots, killed_at_every_call)
{
    bool whole = false;
    unsigned call = 0;
    while (!whole) {
        run_release(1);
        fill_other();
        whole = run_killed_at(++call);
        bool is_new = expect_old_and_maybe_new(scratch.path, "killed", call);
        cr_expect(is_new || !whole);
        expect_new_after_again("killed", call);
        releases_finish(), releases_init();
    }
    cr_expect_gt(call, 20, "so few calls? %u", call);
}

/* ---- disks that fail ----------------------------------------------------------------------- */

static bool run_failing_at(FaultKind kind, int code, unsigned call)
{
    MpSlots slots;
    MpChannelState state;
    MpError error = {.status = MP_OK};
    int slot;
    open_slots(&slots, &state);
    faults_plan((Faults){.kind = kind, .call = call, .code = code});
    bool ok = install(&slots, &state, 2, &slot, &error);
    bool whole = faults_calls() < call;
    faults_plan((Faults){0});
    cr_expect(ok || error.status == MP_IO, "call %u: %s", call, error.message);
    cr_expect(ok || state.slots[1].release == 0, "call %u", call);
    cr_expect(ok || strstr(error.message, strerror(code)), "call %u: %s", call, error.message);
    mp_slots_close(&slots);
    return whole;
}

static void fail_at_every_call(FaultKind kind, int code, const char *what)
{
    bool whole = false;
    for (unsigned call = 1; !whole; call++) {
        run_release(1);
        fill_other();
        whole = run_failing_at(kind, code, call);
        expect_old_and_maybe_new(scratch.path, what, call);
        expect_new_after_again(what, call);
        releases_finish(), releases_init();
    }
}

Test(slots, the_disk_is_full_at_every_call) { fail_at_every_call(FAULT_FAIL, ENOSPC, "full"); }
Test(slots, the_disk_cannot_be_written_at_every_call)
{
    fail_at_every_call(FAULT_FAIL, EROFS, "read-only");
}
Test(slots, one_error_at_every_call) { fail_at_every_call(FAULT_FAIL_ONCE, EIO, "error"); }

Test(slots, a_file_that_can_have_but_one_name_is_copied)
{
    MpSlots slots;
    MpChannelState state;
    MpError error;
    int slot;
    run_release(1);
    /* The first call that fails so is the link: the calls before it are not asked for links. */
    open_slots(&slots, &state);
    unsigned call = 0;
    bool copied = false;
    while (!copied && ++call < 100) {
        struct stat status;
        faults_plan((Faults){.kind = FAULT_FAIL_ONCE, .call = call, .code = EPERM});
        bool ok = install(&slots, &state, 2, &slot, &error);
        faults_plan((Faults){0});
        copied = ok && stat(scratch_path(&scratch, "updates/slots/b/patch/a.lua"), &status) == 0 &&
                 status.st_nlink == 1;
        cr_assert(mp_slots_empty(&slots, &state, 1, NULL) || copied);
    }
    cr_expect(copied);
    mp_slots_close(&slots);
}

/* ---- power --------------------------------------------------------------------------------- */

static unsigned cuts;

static void cut_power(void)
{
    for (int cut = 0; cut < POWER_CUTS; cut++) {
        Scratch copy;
        scratch_init(&copy);
        power_cut((PowerCut)cut, copy.path);
        expect_old_and_maybe_new(copy.path, "power cut", ++cuts);
        scratch_finish(&copy);
    }
}

/* The objects that are there at the start were put there durably, as downloads are. */
static void write_durably(const MpSlots *slots, const char *text)
{
    MpHash hash = mp_hash_of(text, strlen(text));
    cr_assert(mp_system_replace(slots->objects, hash.text, text, strlen(text), true, NULL));
}

Test(slots, the_power_goes_after_any_call)
{
    MpSlots slots;
    MpChannelState state;
    int slot;
    power_begin(scratch.path);
    cr_assert(mp_slots_open(&slots, scratch.path, NULL));
    mp_state_init(&state, "moonbase", "stable");
    for (size_t i = 0; i < release_file_count; i++)
        write_durably(&slots, release_files[i].text);
    cr_assert(install(&slots, &state, 1, &slot, NULL));
    state.active = slot;
    state.slots[slot].good = true;
    cr_assert(mp_state_save(slots.folder, &state, NULL));
    faults_watch(cut_power);
    cr_assert(install(&slots, &state, 2, &slot, NULL));
    faults_watch(NULL);
    power_end();
    cr_expect_gt(cuts, 50);
    mp_slots_close(&slots);
}
