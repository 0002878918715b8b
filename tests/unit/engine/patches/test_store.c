#include "patches/store.h"

#include "file/file.h"
#include "patches/faults.h"
#include "patches/fixture.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(store, .init = fixture_init, .fini = fixture_finish);

static const char *copy_path(const char *text)
{
    char name[100];
    snprintf(name, sizeof name, "patches/good/%s", game_hash(text).text);
    return scratch_path(&scratch, name);
}

static bool has(const char *text)
{
    MpHash hash = game_hash(text);
    size_t size;
    char *copy = mp_patch_store_read(game.store, &hash, &size, NULL);
    bool whole = copy && size == strlen(text) && strcmp(copy, text) == 0;
    free(copy);
    return whole;
}

static void expect_error(const char *text, MpStatus status)
{
    MpHash hash = game_hash(text);
    size_t size;
    MpError error = {0};
    cr_expect_null(mp_patch_store_read(game.store, &hash, &size, &error));
    cr_expect_eq(error.status, status, "%s", error.message);
}

Test(store, gives_back_what_it_was_given)
{
    expect_error("a1", MP_NOT_FOUND);
    cr_assert(mp_patch_store_put(game.store, "a1", 2, NULL));
    cr_assert(mp_patch_store_put(game.store, "", 0, NULL));
    cr_expect(has("a1"));
    static const char zeroes[3] = {0, 1, 0};
    cr_assert(mp_patch_store_put(game.store, zeroes, 3, NULL));
    MpHash hash = mp_hash_of(zeroes, 3);
    size_t size;
    char *copy = mp_patch_store_read(game.store, &hash, &size, NULL);
    cr_assert(copy && size == 3 && memcmp(copy, zeroes, 3) == 0);
    free(copy);
}

/* As printed by `printf a1 | sha256sum`. */
Test(store, names_copies_by_their_sha256)
{
    cr_expect_str_eq(game_hash("a1").text,
                     "f55ff16f66f43360266b95db6f8fec01d76031054306ae4a4b380598f6cfd114");
    cr_assert(mp_patch_store_put(game.store, "a1", 2, NULL));
    size_t size;
    char *file = mp_file_read(copy_path("a1"), 10, &size, NULL);
    cr_expect_str_eq(file, "a1");
    free(file);
}

Test(store, a_damaged_copy_is_refused_and_replaced)
{
    cr_assert(mp_patch_store_put(game.store, "a1", 2, NULL));
    cr_assert(mp_file_write(copy_path("a1"), "x1", 2, NULL));
    expect_error("a1", MP_FORMAT);
    cr_assert(mp_patch_store_put(game.store, "a1", 2, NULL));
    cr_expect(has("a1"));
}

Test(store, keeps_what_the_journal_leads_back_to)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    cr_assert(mp_patch_store_put(game.store, "stray", 5, NULL));
    scratch_write_text(&scratch, "patches/good/new", "of a process that died");
    cr_expect(has("a1") && has("stray"));
    mp_patch_store_collect(game.store, game.journal);
    cr_expect(has("a1"));
    cr_expect_not(has("stray"));
    cr_expect_null(mp_file_read(scratch_path(&scratch, "patches/good/new"), 99, NULL, NULL));
}

/* The newest journal may be the one that is damaged at the next start. */
Test(store, keeps_what_the_journal_before_leads_back_to)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_quarantine(&game, "a.lua", "a1");
    mp_patch_store_collect(game.store, game.journal);
    cr_expect(has("a1"), "one generation ago it was good");
    game_try(&game, "b.lua", "b1");
    mp_patch_store_collect(game.store, game.journal);
    cr_expect_not(has("a1"));
}

Test(store, has_the_last_good_version_after_a_restart)
{
    game_try(&game, "a.lua", "a1");
    game_pass(&game, "a.lua", "a1");
    game_quit(&game);
    game_start(&game, scratch.path);
    game_try(&game, "a.lua", "a2");
    game_quarantine(&game, "a.lua", "a2");
    size_t size;
    char *copy =
        mp_patch_store_read(game.store, mp_journal_good(game.journal, "a.lua"), &size, NULL);
    cr_assert(copy);
    cr_expect_str_eq(copy, "a1");
    free(copy);
}

Test(store, is_bounded)
{
    MpError error = {0};
    MpPatchStore *small = mp_patch_store_open(scratch.path, 10, NULL);
    cr_assert(mp_patch_store_put(small, "12345", 5, NULL));
    cr_assert(mp_patch_store_put(small, "67890", 5, NULL));
    cr_assert(mp_patch_store_put(small, "12345", 5, NULL), "it is there already");
    cr_expect_not(mp_patch_store_put(small, "x", 1, &error));
    cr_expect_eq(error.status, MP_LIMIT);
    mp_patch_store_collect(small, game.journal);
    cr_expect(mp_patch_store_put(small, "x", 1, NULL), "room was made");
    mp_patch_store_close(small);
}

Test(store, a_full_disk_leaves_no_half)
{
    static const int codes[] = {ENOSPC, EIO, EROFS};
    for (unsigned call = 1; call < 12; call++) {
        for (size_t i = 0; i < 3; i++) {
            faults_plan((Faults){FAULT_FAIL, call, codes[i]});
            bool kept = mp_patch_store_put(game.store, "a1", 2, NULL);
            bool whole = has("a1");
            faults_plan((Faults){0});
            cr_expect(!kept || whole, "call %u", call);
            if (!whole)
                expect_error("a1", MP_NOT_FOUND);
            scratch_remove(&scratch, "patches/good");
        }
    }
}
