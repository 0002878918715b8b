#include "patches/game.h"

#include "patches/faults.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 64, TEXT_SIZE = 32, SET_LIMIT = 16 };

static char texts[TEXT_LIMIT][TEXT_SIZE];

MpHash game_hash(const char *text)
{
    for (size_t i = 0; i < TEXT_LIMIT; i++) {
        if (texts[i][0] && strcmp(texts[i], text) != 0)
            continue;
        snprintf(texts[i], TEXT_SIZE, "%s", text);
        return mp_hash_of(text, strlen(text));
    }
    abort(); /* too many texts */
}

static const char *text_of(const MpHash *hash)
{
    for (size_t i = 0; i < TEXT_LIMIT && texts[i][0]; i++) {
        MpHash known = mp_hash_of(texts[i], strlen(texts[i]));
        if (mp_hash_same(&known, hash))
            return texts[i];
    }
    return "?";
}

static void hear(void *user, const char *line)
{
    Game *game = user;
    size_t length = strlen(game->told);
    snprintf(game->told + length, GAME_TOLD_SIZE - length, "%s\n", line);
}

bool game_runs_patch;
static bool runs_patch(void) { return game_runs_patch; }

static void start(Game *game, const char *user_folder, MpJournalOptions options)
{
    *game = (Game){0};
    options.user_folder = user_folder;
    options.tell = hear;
    options.is_patch_running = runs_patch;
    options.user = game;
    game->journal = mp_journal_open(&options, NULL);
    game->store = mp_patch_store_open(user_folder, 0, NULL);
    cr_assert(game->journal && game->store);
    mp_journal_begin_boot(game->journal);
}

void game_start_as(Game *game, const char *user_folder, const char *program)
{
    start(game, user_folder, (MpJournalOptions){.program = program});
}

void game_start(Game *game, const char *user_folder) { game_start_as(game, user_folder, "game 1"); }

void game_start_in_background(Game *game, const char *user_folder)
{
    start(game, user_folder, (MpJournalOptions){.program = "game 1", .in_background = true});
}

void game_quit(Game *game)
{
    mp_journal_close(game->journal);
    mp_patch_store_close(game->store);
    game->journal = NULL;
    game->store = NULL;
}

void game_die(Game *game)
{
    faults_plan((Faults){.kind = FAULT_FAIL, .code = EIO});
    game_quit(game);
    faults_plan((Faults){0});
}

/* Commits the set that runs with another version of a file; NULL: without it. */
static bool commit_with(Game *game, const char *file, const MpHash *hash)
{
    const MpJournalContent *content = mp_journal_content(game->journal);
    MpJournalEntry set[SET_LIMIT];
    size_t count = 0;
    bool placed = !hash;
    for (size_t i = 0; i < content->set_count; i++) {
        bool same = strcmp(content->set[i].file, file) == 0;
        if (!placed && strcmp(content->set[i].file, file) >= 0) {
            set[count] = (MpJournalEntry){.hash = *hash};
            snprintf(set[count++].file, MP_JOURNAL_FILE_SIZE, "%s", file);
            placed = true;
        }
        if (!same)
            set[count++] = content->set[i];
    }
    if (!placed) {
        set[count] = (MpJournalEntry){.hash = *hash};
        snprintf(set[count++].file, MP_JOURNAL_FILE_SIZE, "%s", file);
    }
    return mp_journal_commit(game->journal, set, count);
}

bool game_try(Game *game, const char *file, const char *text)
{
    MpHash hash = game_hash(text);
    mp_journal_note(game->journal,
                    &(MpJournalNote){.file = file, .hash = hash, .state = MP_JOURNAL_TRIAL});
    mp_journal_begin_trial(game->journal, &hash, 1);
    return commit_with(game, file, &hash);
}

bool game_pass(Game *game, const char *file, const char *text)
{
    MpHash hash = game_hash(text);
    bool kept = mp_patch_store_put(game->store, text, strlen(text), NULL);
    mp_journal_note(
        game->journal,
        &(MpJournalNote){.file = file, .hash = hash, .state = MP_JOURNAL_ACTIVE, .has_copy = kept});
    mp_journal_end_trial(game->journal, &hash, 1);
    mp_journal_save(game->journal);
    mp_patch_store_collect(game->store, game->journal);
    return kept;
}

void game_quarantine(Game *game, const char *file, const char *text)
{
    MpHash hash = game_hash(text);
    mp_journal_note(game->journal, &(MpJournalNote){.file = file,
                                                    .hash = hash,
                                                    .state = MP_JOURNAL_QUARANTINED,
                                                    .cause = MP_CAUSE_SCRIPT_ERROR,
                                                    .why = "eight errors"});
    mp_journal_end_trial(game->journal, &hash, 1);
    const MpHash *good = mp_journal_good(game->journal, file);
    MpHash copy = good ? *good : hash;
    commit_with(game, file, good ? &copy : NULL);
}

void game_remove(Game *game, const char *file)
{
    const MpJournalContent *content = mp_journal_content(game->journal);
    const MpJournalPatch *patch = mp_journal_find(game->journal, file);
    const MpJournalTrial *trial = patch ? mp_content_find_trial(content, &patch->hash) : NULL;
    if (trial && trial->open) {
        MpHash hash = trial->hash;
        mp_journal_end_trial(game->journal, &hash, 1);
    }
    mp_journal_note(game->journal, &(MpJournalNote){.file = file, .state = MP_JOURNAL_REMOVED});
    commit_with(game, file, NULL);
}

const char *game_set(const MpJournal *journal)
{
    static char line[1024];
    const MpJournalContent *content = mp_journal_content(journal);
    size_t length = 0;
    line[0] = '\0';
    for (size_t i = 0; i < content->set_count; i++)
        length += (size_t)snprintf(line + length, sizeof line - length, "%s%s=%s", i ? ", " : "",
                                   content->set[i].file, text_of(&content->set[i].hash));
    return line;
}
