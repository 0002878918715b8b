#include "patches/index.h"

#include "patches/content.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { MANY = 5000 };

typedef struct Entry {
    int number;
    char name[20];
} Entry;

static Entry entries[MANY];

static void fill(const char *word)
{
    for (int i = 0; i < MANY; i++)
        snprintf(entries[i].name, sizeof entries[i].name, "%s %d", word, i);
}

static size_t find(MpIndex *index, size_t count, const char *name)
{
    return mp_index_find(index, (MpIndexed){entries->name, sizeof *entries, count}, name);
}

Test(index, finds_all_of_a_list_that_grows)
{
    MpIndex *index = mp_index_create();
    fill("name");
    cr_expect_eq(find(index, 0, "name 0"), 0);
    for (size_t i = 0; i < MANY; i++) {
        cr_assert_eq(find(index, i, entries[i].name), i, "not there yet");
        cr_assert_eq(find(index, i + 1, entries[i].name), i);
        cr_assert_eq(find(index, i + 1, entries[i / 2].name), i / 2);
    }
    mp_index_destroy(index);
}

Test(index, forgets_what_it_knew)
{
    MpIndex *index = mp_index_create();
    fill("name");
    find(index, MANY, "");
    fill("other");
    mp_index_clear(index);
    cr_expect_eq(find(index, MANY, "name 7"), MANY);
    cr_expect_eq(find(index, MANY, "other 7"), 7);
    mp_index_destroy(index);
}

Test(index, of_two_finds_the_first)
{
    MpIndex *indexes[] = {mp_index_create(), NULL};
    fill("one of");
    snprintf(entries[9].name, sizeof entries[9].name, "%s", entries[3].name);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(find(indexes[i], MANY, "one of 3"), 3);
        cr_expect_eq(find(indexes[i], MANY, "none"), MANY);
    }
    mp_index_destroy(indexes[0]);
}

/* The oldest go, and all others move. */
Test(index, of_a_journal_is_right_beyond_its_limits)
{
    MpJournalContent content = {0};
    char name[20];
    for (int i = 0; i < MP_JOURNAL_PATCH_LIMIT + 50; i++) {
        snprintf(name, sizeof name, "p%d.lua", i);
        cr_assert_null(mp_content_find_patch(&content, name));
        mp_content_set_text(mp_content_add_patch(&content)->file, MP_JOURNAL_FILE_SIZE, name);
        const MpJournalPatch *found = mp_content_find_patch(&content, name);
        cr_assert(found && found == &content.patches[content.patch_count - 1]);
    }
    cr_expect_null(mp_content_find_patch(&content, "p49.lua"));
    cr_expect_eq(mp_content_find_patch(&content, "p50.lua"), content.patches);
    mp_content_finish(&content);
}

Test(index, of_trials_is_right_when_some_are_over)
{
    MpJournalContent content = {0};
    MpHash hashes[300];
    for (int i = 0; i < 300; i++) {
        hashes[i] = mp_hash_of(&i, sizeof i);
        mp_content_add_trial(&content)->hash = hashes[i];
    }
    cr_expect_eq(mp_content_find_trial(&content, &hashes[299]), &content.trials[299]);
    mp_content_drop_trials(&content, hashes, 100);
    cr_expect_eq(content.trial_count, 200);
    for (int i = 0; i < 300; i++) {
        const MpJournalTrial *found = mp_content_find_trial(&content, &hashes[i]);
        cr_assert_eq(found, i < 100 ? NULL : &content.trials[i - 100]);
    }
    cr_expect_null(mp_content_find_trial(&content, &(MpHash){""}));
    mp_content_finish(&content);
}
