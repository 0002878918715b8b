/*
 * Random lives of a game against a machine of a few lines that says what must come of them.
 */
#include "patches/faults.h"
#include "patches/game.h"
#include "patches/system.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 3, VERSIONS = 4, NONE = -1, LIVES = 60, STEPS = 80 };

/* Versions are numbers; version v of file f is the text "f.v". */
typedef struct Model {
    bool condemned[FILES][VERSIONS];
    bool suspect[FILES][VERSIONS];
    int good[FILES][MP_JOURNAL_GOOD_LIMIT]; /* latest first, then NONE */
    int runs[FILES];                        /* NONE: the file is not in the set */
    bool on_trial[FILES];
    int program;
} Model;

typedef struct Life {
    Scratch scratch;
    Game game;
    Model model;
    unsigned random;
} Life;

static unsigned draw(Life *life, unsigned count)
{
    life->random = life->random * 1664525u + 1013904223u;
    return (life->random >> 16) % count;
}

static const char *file_name(int file)
{
    static const char *const names[FILES] = {"a.lua", "b.lua", "c.zip"};
    return names[file];
}

static const char *version_text(int file, int version)
{
    static char texts[4][16];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%d.%d", file, version);
    return text;
}

/* ---- the machine ------------------------------------------------------------------------------
 */

static void forget_good(int *good, int version)
{
    int count = 0;
    for (int i = 0; i < MP_JOURNAL_GOOD_LIMIT; i++) {
        if (good[i] != version)
            good[count++] = good[i];
    }
    while (count < MP_JOURNAL_GOOD_LIMIT)
        good[count++] = NONE;
}

static void model_pass(Model *model, int file)
{
    int *good = model->good[file], version = model->runs[file];
    forget_good(good, version);
    memmove(good + 1, good, (MP_JOURNAL_GOOD_LIMIT - 1) * sizeof *good);
    good[0] = version;
    model->on_trial[file] = false;
    model->suspect[file][version] = false;
}

static void model_condemn(Model *model, int file)
{
    int version = model->runs[file];
    model->condemned[file][version] = true;
    model->suspect[file][version] = false;
    model->on_trial[file] = false;
    forget_good(model->good[file], version);
    model->runs[file] = model->good[file][0];
}

static void model_death(Model *model, bool crashed)
{
    int count = 0;
    for (int file = 0; file < FILES; file++)
        count += model->on_trial[file];
    for (int file = 0; file < FILES; file++) {
        if (!model->on_trial[file])
            continue;
        if (crashed)
            model->suspect[file][model->runs[file]] = count > 1;
        if (crashed && count == 1)
            model_condemn(model, file);
        model->on_trial[file] = false;
    }
}

/* ---- both -------------------------------------------------------------------------------------
 */

static void start(Life *life)
{
    char program[16];
    snprintf(program, sizeof program, "game %d", life->model.program);
    game_start_as(&life->game, life->scratch.path, program);
}

static void install(Life *life, int file)
{
    Model *model = &life->model;
    int version = (int)draw(life, VERSIONS);
    const char *text = version_text(file, version);
    MpHash hash = game_hash(text);
    bool condemned = mp_journal_find_condemned(life->game.journal, &hash) != NULL;
    cr_assert_eq(condemned, model->condemned[file][version], "%s", text);
    if (condemned || model->on_trial[file])
        return;
    game_try(&life->game, file_name(file), text);
    model->runs[file] = version;
    model->on_trial[file] = true;
}

static void pass(Life *life, int file)
{
    if (!life->model.on_trial[file])
        return;
    game_pass(&life->game, file_name(file), version_text(file, life->model.runs[file]));
    model_pass(&life->model, file);
}

static void quarantine(Life *life, int file)
{
    if (life->model.runs[file] == NONE)
        return;
    game_quarantine(&life->game, file_name(file), version_text(file, life->model.runs[file]));
    model_condemn(&life->model, file);
}

static void delete (Life *life, int file)
{
    game_remove(&life->game, file_name(file));
    if (life->model.on_trial[file])
        life->model.suspect[file][life->model.runs[file]] = false;
    life->model.runs[file] = NONE;
    life->model.on_trial[file] = false;
    memset(life->model.good[file], NONE, sizeof life->model.good[file]);
}

static void crash(Life *life, int file)
{
    (void)file;
    bool tried = memchr(life->model.on_trial, true, sizeof life->model.on_trial) != NULL;
    mp_system_mark('S');
    game_die(&life->game);
    model_death(&life->model, true);
    start(life);
    cr_assert_eq(mp_journal_needs_trial(life->game.journal), !tried);
}

static void be_killed(Life *life, int file)
{
    (void)file;
    game_die(&life->game);
    model_death(&life->model, false);
    start(life);
    cr_assert_not(mp_journal_needs_trial(life->game.journal));
}

static void quit(Life *life, int file)
{
    (void)file;
    game_quit(&life->game);
    memset(life->model.on_trial, 0, sizeof life->model.on_trial);
    start(life);
}

static void update_program(Life *life, int file)
{
    life->model.program++;
    quit(life, file);
    cr_assert(mp_journal_needs_trial(life->game.journal));
}

/* ---- comparing --------------------------------------------------------------------------------
 */

static void expect_set(const Life *life, int step)
{
    char wanted[256] = "";
    for (int file = 0; file < FILES; file++) {
        size_t length = strlen(wanted);
        if (life->model.runs[file] != NONE)
            snprintf(wanted + length, sizeof wanted - length, "%s%s=%s", length ? ", " : "",
                     file_name(file), version_text(file, life->model.runs[file]));
    }
    cr_assert_str_eq(game_set(life->game.journal), wanted, "step %d", step);
}

static void expect_good(const Life *life, int file, int step)
{
    const MpHash *good = mp_journal_good(life->game.journal, file_name(file));
    int wanted = life->model.good[file][0];
    cr_assert_eq(good != NULL, wanted != NONE, "step %d", step);
    if (!good)
        return;
    size_t size;
    char *copy = mp_patch_store_read(life->game.store, good, &size, NULL);
    cr_assert(copy, "step %d: no copy of %s", step, version_text(file, wanted));
    cr_assert_str_eq(copy, version_text(file, wanted), "step %d", step);
    free(copy);
}

static void live(unsigned seed)
{
    static void (*const actions[])(Life * life, int file) = {
        install, install, install,   pass, pass,           quarantine,
        delete,  crash,   be_killed, quit, update_program,
    };
    Life life = {.random = seed};
    memset(life.model.runs, NONE, sizeof life.model.runs);
    memset(life.model.good, NONE, sizeof life.model.good);
    scratch_init(&life.scratch);
    start(&life);
    for (int step = 0; step < STEPS; step++) {
        actions[draw(&life, sizeof actions / sizeof actions[0])](&life, (int)draw(&life, FILES));
        expect_set(&life, step);
        for (int file = 0; file < FILES; file++)
            expect_good(&life, file, step);
    }
    game_quit(&life.game);
    scratch_finish(&life.scratch);
}

Test(model, random_lives, .timeout = 100)
{
    faults_sync(SYNC_SKIPPED);
    for (unsigned seed = 1; seed <= LIVES; seed++)
        live(seed);
}
