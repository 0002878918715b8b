/*
 * A program of its own, without a window: it simulates a heated room, a line for every minute.
 *
 *     build/thermostat [MILLISECONDS]     how long a minute takes; 200 if not said
 *
 * Four calls make it scriptable and patchable while it runs: mp_vm_create(), mp_vm_register() once
 * for each module, mp_vm_step() once for each turn of the main loop, and mp_vm_destroy().
 */
#include "moonpatch/vm.h"
#include "room.h"
#include "thermostat.gen.h" /* generated: the module that the scripts' `native` comes from */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* What scripts print, and what the bridge has to say: which patches are applied, what failed. */
static void print_line(void *user, MpSeverity severity, const char *text)
{
    static const char *const words[] = {"debug", "info", "warning", "error"};
    (void)user;
    printf("[%s] %s\n", words[severity], text);
}

static MpVm *open_scripts(Room *room, MpError *error)
{
    MpVm *vm = mp_vm_create(
        &(MpVmOptions){
            .jit = true,
            .folder = ".",           /* scripts/ is in it */
            .patch_folder = "patch", /* need not be there yet */
            .log = print_line,
        },
        error);
    if (vm && !mp_vm_register(vm, &mp_module_thermostat, error)) {
        mp_vm_destroy(vm);
        return NULL;
    }
    if (vm)
        mp_vm_set_root(vm, "room", &room->object); /* scripts find it as native.room */
    return vm;
}

static void wait_for(long milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void simulate(MpVm *vm, Room *room, long milliseconds)
{
    double outside = 0;
    for (int minute = 6 * 60; !stopped; minute = (minute + 1) % (24 * 60)) {
        MpError error;
        /* The weather, and what people want, come from scripts/main.lua. If it fails, they stay. */
        if (!mp_vm_call(vm, "main", "minute", &error, "i>n", minute, &outside))
            printf("[error] %s\n", error.message);
        room_step(room, (float)outside);
        printf("%02d:%02d  outside %4.1f  wanted %4.1f  room %4.1f  heater %s\n", minute / 60,
               minute % 60, outside, (double)room->target, (double)room->temperature,
               room->heating ? "on" : "off");
        fflush(stdout);
        mp_vm_step(vm); /* patches that came, changed or went */
        wait_for(milliseconds);
    }
}

int main(int argc, char **argv)
{
    MpError error;
    Room room;
    room_init(&room);
    MpVm *vm = open_scripts(&room, &error);
    if (!vm) {
        fprintf(stderr, "thermostat: %s\n", error.message);
        return EXIT_FAILURE;
    }
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    simulate(vm, &room, argc > 1 ? atol(argv[1]) : 200);
    mp_vm_destroy(vm); /* takes the patches away: C runs its own bodies again */
    room_finish(&room);
    return EXIT_SUCCESS;
}
