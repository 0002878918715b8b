/*
 * soak - many frames with many commits between them, and nothing grows.
 *
 *     soak [--frames N] [--no-jit]
 *
 * A game of the zoo's classes runs frames; C and scripts call what patches patch. Between two
 * frames, every COMMIT_FRAMES, one commit of a round takes place: see commits.c. After every round
 * the game must hold what it held after the others, see figures.c; no commit may take long; and in
 * the end calls must be as fast as before the first patch.
 */
#include "commits.h"
#include "figures.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "times.h"
#include "zoo.gen.h"

#include "animal.gen.h"
#include "caller.gen.h"
#include "lion.gen.h"
#include "toy.gen.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    FRAMES = 1000000,
    COMMIT_FRAMES = 100,
    TRIAL_FRAMES = 50,
    SETTLED = 20, /* frames after which what fails has been taken away */
    COLLECT_MICROSECONDS = 100,
    CALLS = 20000, /* of one measurement of their time */
    MEASUREMENTS = 20,
    SPEED_ALLOWANCE = 2, /* times as slow: other programs run, too */
};

/* Two frames at 60 Hz, ms: what a commit may take but for one in a hundred. The longest ones are
   reloads; `make bench` tells what each kind takes on a quiet machine. */
static const double COMMIT_LIMIT = 33;

typedef struct Soak {
    MpVm *vm;
    Lion leo;
    Caller caller;
    Expected expected;
    unsigned errors; /* of the game's scripts */
    Times commits, frames;
} Soak;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool complain(const char *what, double got, double expected, const Soak *soak)
{
    fprintf(stderr, "soak: after \"%s\": %s is %g, not %g\n", soak->expected.what, what, got,
            expected);
    return false;
}

/* ---- a frame ------------------------------------------------------------------------------ */

static double number_of(Soak *soak, const char *function)
{
    MpError error;
    double number = 0;
    if (!mp_vm_call(soak->vm, "game", function, &error, ">n", &number)) {
        fprintf(stderr, "soak: %s: %s\n", function, error.message);
        soak->errors++;
    }
    return number;
}

/* C uses everything that patches may have patched. */
static void run_c(Soak *soak)
{
    animal_heal(&soak->leo.animal);
    animal_distance(&soak->leo.animal, (Vec2){3, 4});
    animal_get_speed(&soak->leo.animal);
    animal_shout(&soak->leo.animal, "Ben");
    Ball *ball = ball_new();
    ball_roll(ball);
    ball_destroy(ball);
    kite_use(3);
    caller_tell(&soak->caller, "C");
    toys_tidy("C");
}

static void run_frame(Soak *soak)
{
    MpError error;
    if (!mp_vm_call(soak->vm, "game", "frame", &error, "")) {
        fprintf(stderr, "soak: frame: %s\n", error.message);
        soak->errors++;
    }
    run_c(soak);
    soak->leo.animal.hp = 100;
    number_of(soak, "hit");
    number_of(soak, "extra");
    mp_vm_step(soak->vm);
    mp_vm_collect(soak->vm, COLLECT_MICROSECONDS);
}

/* For C and for Lua. */
static bool is_as_expected(Soak *soak)
{
    soak->leo.animal.hp = 100;
    double of_c = animal_damage(&soak->leo.animal, 10);
    soak->leo.animal.hp = 100;
    double of_lua = number_of(soak, "hit"), bonus = number_of(soak, "bonus");
    if (of_c != soak->expected.hit)
        return complain("a hit of C", of_c, soak->expected.hit, soak);
    if (of_lua != soak->expected.hit)
        return complain("a hit of Lua", of_lua, soak->expected.hit, soak);
    if (bonus != soak->expected.bonus)
        return complain("the bonus", bonus, soak->expected.bonus, soak);
    return soak->errors == 0;
}

/* One commit, and the frames until the next. */
static bool run_commit(Soak *soak, unsigned number)
{
    double start = times_now();
    soak->expected = commits_make(soak->vm, number);
    times_add(&soak->commits, times_now() - start);
    for (int frame = 0; frame < COMMIT_FRAMES; frame++) {
        start = times_now();
        run_frame(soak);
        times_add(&soak->frames, times_now() - start);
        if (frame >= SETTLED && !is_as_expected(soak))
            return false;
    }
    return commits_came_out(soak->vm, number);
}

/* ---- the time of calls -------------------------------------------------------------------- */

static double nanoseconds_of_c(Soak *soak)
{
    double start = seconds();
    for (int i = 0; i < CALLS; i++)
        animal_damage(&soak->leo.animal, 0);
    return (seconds() - start) * 1e9 / CALLS;
}

static double nanoseconds_of_lua(Soak *soak)
{
    MpError error;
    double start = seconds();
    if (!mp_vm_call(soak->vm, "game", "hits", &error, "n", (double)CALLS))
        soak->errors++;
    return (seconds() - start) * 1e9 / CALLS;
}

static double fastest(Soak *soak, double (*measure)(Soak *))
{
    double best = measure(soak);
    for (int i = 1; i < MEASUREMENTS; i++) {
        double time = measure(soak);
        best = time < best ? time : best;
    }
    return best;
}

typedef struct Speed {
    double c, lua; /* ns a call */
} Speed;

static Speed speed_of(Soak *soak)
{
    return (Speed){.c = fastest(soak, nanoseconds_of_c), .lua = fastest(soak, nanoseconds_of_lua)};
}

static bool is_as_fast(Speed before, Speed after)
{
    bool ok = after.c <= before.c * SPEED_ALLOWANCE && after.lua <= before.lua * SPEED_ALLOWANCE;
    if (!ok)
        fprintf(stderr, "soak: a call is slower than before: C %.1f -> %.1f ns, Lua %.1f -> %.1f\n",
                before.c, after.c, before.lua, after.lua);
    return ok;
}

static bool is_short(const Times *commits)
{
    double most = times_percentile(commits, 0.99);
    if (most > COMMIT_LIMIT)
        fprintf(stderr, "soak: commits take up to %.1f ms\n", most);
    return most <= COMMIT_LIMIT;
}

/* ---- the program -------------------------------------------------------------------------- */

static void open_soak(Soak *soak, bool jit)
{
    MpError error = {.message = ""};
    soak->vm = mp_vm_create(&(MpVmOptions){.jit = jit,
                                           .read = commits_read,
                                           .reload_event = commits_note_reload,
                                           .trial_frames = TRIAL_FRAMES},
                            &error);
    if (!soak->vm || !mp_vm_register(soak->vm, &mp_module_zoo, &error)) {
        fprintf(stderr, "soak: %s\n", error.message);
        exit(1);
    }
    soak->leo = (Lion){.animal = {.hp = 100, .name = "Leo", .speed = 3}};
    mp_object_init(&soak->leo.animal.object, &mp_class_Animal);
    mp_object_init(&soak->caller.object, &mp_class_Caller);
    mp_vm_set_root(soak->vm, "leo", &soak->leo.animal.object);
    mp_vm_set_root(soak->vm, "caller", &soak->caller.object);
}

static bool close_soak(Soak *soak)
{
    mp_object_finish(&soak->leo.animal.object);
    mp_object_finish(&soak->caller.object);
    bool closed = mp_vm_destroy(soak->vm);
    if (mp_object_count())
        fprintf(stderr, "soak: %zu objects are left\n", mp_object_count());
    return closed && !mp_object_count();
}

static void show_progress(unsigned commit, unsigned count, double start)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%u of %u frames, %.0f s ", commit * COMMIT_FRAMES, count * COMMIT_FRAMES,
                seconds() - start);
}

/* Rounds, as many as the frames allow; the last one is ended. */
static bool run_rounds(Soak *soak, Figures *figures, unsigned *count)
{
    double start = seconds();
    unsigned round = commits_in_round(), number = 0;
    *count = (*count + round - 1) / round * round;
    for (; number < *count; number++) {
        if (number % round == 0) {
            figures_measure(figures, soak->vm);
            show_progress(number, *count, start);
        }
        if (!run_commit(soak, number))
            return false;
    }
    figures_measure(figures, soak->vm);
    return figures_are_flat(figures);
}

static void print_times(const char *what, const Times *times)
{
    printf("; %s %.2f ms, 99 of 100 %.2f, longest %.2f", what, times_percentile(times, 0.5),
           times_percentile(times, 0.99), times->longest);
}

static bool run(long frames, bool jit)
{
    double start = seconds();
    Soak soak = {.errors = 0};
    open_soak(&soak, jit);
    Figures *figures = figures_create();
    unsigned commits = (unsigned)(frames / COMMIT_FRAMES);
    Speed before = speed_of(&soak);
    bool ok = run_rounds(&soak, figures, &commits);
    Speed after = speed_of(&soak);
    ok = ok && is_as_fast(before, after) && is_short(&soak.commits) && soak.errors == 0;
    printf("%s%u frames, %u commits, %.0f s: ", isatty(STDOUT_FILENO) ? "\r" : "",
           commits * COMMIT_FRAMES, commits, seconds() - start);
    figures_print(figures, stdout);
    printf("; a call of C %.1f -> %.1f ns, of Lua %.1f -> %.1f ns", before.c, after.c, before.lua,
           after.lua);
    print_times("commits", &soak.commits);
    print_times("frames", &soak.frames);
    printf("\n");
    figures_destroy(figures);
    return close_soak(&soak) && ok;
}

int main(int argc, char **argv)
{
    long frames = FRAMES;
    bool jit = true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--no-jit") == 0)
            jit = false;
        else if (strcmp(argv[i], "--frames") == 0 && i + 1 < argc)
            frames = atol(argv[++i]);
        else
            return fprintf(stderr, "usage: soak [--frames N] [--no-jit]\n"), 2;
    }
    return run(frames, jit) ? 0 : 1;
}
