#include "assets/assets.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Notes are made of text: a file that begins with '!' is broken. Each time one is decoded, the
   decoder says so and waits for leave. */
typedef struct Note {
    MpAsset asset;
    char *text;
} Note;

static Scratch scratch;
static MpVfs *vfs;
static MpAssets *assets;
static sem_t begun, leave;
static bool waits;
static atomic_int decoded_alive;
static char order[8]; /* first letters of what was swapped while the decoder waited */

static bool decode(void *owner, const char *path, MpAssetFile *file, void **decoded, MpError *error)
{
    (void)owner;
    if (waits) {
        sem_post(&begun);
        sem_wait(&leave);
    }
    if (*file->bytes == '!') {
        mp_error_set(error, MP_FORMAT, "'%s' shouts", path);
        return false;
    }
    *decoded = file->bytes;
    file->bytes = NULL;
    decoded_alive++;
    return true;
}

static void discard(void *owner, void *decoded)
{
    (void)owner;
    free(decoded);
    decoded_alive--;
}

static bool swap(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)file;
    Note *note = asset->object;
    char *text = decoded;
    if (*text == '?') {
        discard(NULL, text);
        mp_error_set(error, MP_DEVICE, "no");
        return false;
    }
    if (waits)
        strncat(order, asset->path, 1);
    if (note->text)
        discard(NULL, note->text);
    note->text = text;
    return true;
}

static const MpAssetKind note_kind = {
    .limit = 64, .decode = decode, .swap = swap, .discard = discard};
static const MpAssetKind list_kind = {
    .limit = 64, .decode = decode, .swap = swap, .discard = discard, .is_last = true};

static void init(void)
{
    scratch_init(&scratch);
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(mp_vfs_mount_directory(vfs, scratch.path, "/", NULL));
    assets = mp_assets_create(vfs, NULL);
    cr_assert(assets);
    sem_init(&begun, 0, 0);
    sem_init(&leave, 0, 0);
}

static void finish(void)
{
    mp_assets_destroy(assets);
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
    cr_expect_eq(decoded_alive, 0, "%d are left", (int)decoded_alive);
}

TestSuite(assets, .init = init, .fini = finish, .timeout = 20);

static void load_as(Note *note, const MpAssetKind *kind, const char *path)
{
    MpError error;
    bool loaded = mp_asset_load(assets, &note->asset, kind, note, NULL, path, &error);
    cr_assert(loaded, "%s", error.message);
}

static void load(Note *note, const char *path, const char *text)
{
    scratch_write_text(&scratch, path, text);
    load_as(note, &note_kind, path);
}

static void unload(Note *note)
{
    mp_asset_finish(&note->asset);
    discard(NULL, note->text);
}

typedef struct Heard {
    int replaced, problems;
    MpError last;
} Heard;

static void hear(void *user, const MpAsset *asset, const MpError *problem)
{
    (void)asset;
    Heard *heard = user;
    heard->problems += problem != NULL;
    heard->replaced += problem == NULL;
    if (problem)
        heard->last = *problem;
}

/* One look at the files; what fails is looked at a second time by the next wait. */
static int look(Heard *heard)
{
    mp_assets_check(assets);
    mp_assets_wait(assets);
    return mp_assets_poll(assets, hear, heard);
}

static int reload(Heard *heard)
{
    int replaced = look(heard);
    mp_assets_wait(assets);
    return replaced + mp_assets_poll(assets, hear, heard);
}

Test(assets, follow_their_files)
{
    Note note = {0};
    Heard heard = {0};
    load(&note, "a", "one");
    cr_expect_str_eq(note.text, "one");
    cr_expect_str_eq(note.asset.source, scratch.path);
    cr_expect_eq(reload(&heard), 0, "nothing changed");
    scratch_write_text(&scratch, "a", "second");
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 0, "nobody looked");
    cr_expect_eq(reload(&heard), 1);
    cr_expect_str_eq(note.text, "second");
    cr_expect_eq(heard.replaced, 1);
    cr_expect_eq(heard.problems, 0);
    unload(&note);
}

Test(assets, that_cannot_be_loaded_leave_nothing)
{
    Note note = {0};
    MpError error;
    static const struct {
        const char *text;
        MpStatus status;
    } cases[] = {{NULL, MP_NOT_FOUND}, {"!", MP_FORMAT}, {"?", MP_DEVICE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].text)
            scratch_write_text(&scratch, "a", cases[i].text);
        cr_expect_not(mp_asset_load(assets, &note.asset, &note_kind, &note, NULL, "a", &error));
        cr_expect_eq(error.status, cases[i].status, "%s", error.message);
        cr_expect_null(note.asset.path);
        mp_asset_finish(&note.asset);
    }
}

Test(assets, keep_what_they_had_when_the_file_is_broken_and_say_so_once)
{
    Note note = {0};
    Heard heard = {0};
    static const struct {
        const char *text; /* NULL: the file goes */
        MpStatus status;
    } cases[] = {
        {"!broken", MP_FORMAT},
        {NULL, MP_NOT_FOUND},
        {"?refused when it is swapped", MP_DEVICE},
        {"longer than the limit of sixty-four bytes, which the kind of a note has", MP_LIMIT}};
    load(&note, "a", "good");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].text)
            scratch_write_text(&scratch, "a", cases[i].text);
        else
            scratch_remove(&scratch, "a");
        cr_expect_eq(reload(&heard), 0);
        cr_expect_eq(reload(&heard), 0);
        cr_expect_eq(heard.problems, (int)i + 1);
        cr_expect_eq(heard.last.status, cases[i].status, "%s", heard.last.message);
        cr_expect(strstr(heard.last.message, "a") || cases[i].status == MP_DEVICE);
        cr_expect_str_eq(note.text, "good");
    }
    scratch_write_text(&scratch, "a", "mended");
    cr_expect_eq(reload(&heard), 1);
    cr_expect_str_eq(note.text, "mended");
    unload(&note);
}

/* Whoever saves a file writes it in parts. */
Test(assets, that_are_seen_half_written_are_not_told_of)
{
    Note note = {0};
    Heard heard = {0};
    load(&note, "a", "one");
    for (int i = 0; i < 3; i++) {
        scratch_write_text(&scratch, "a", i % 2 ? "!half" : "!a half");
        cr_expect_eq(look(&heard), 0);
        cr_expect_eq(heard.problems, 0, "%s", heard.last.message);
    }
    scratch_write_text(&scratch, "a", "the whole");
    cr_expect_eq(reload(&heard), 1);
    cr_expect_str_eq(note.text, "the whole");
    cr_expect_eq(heard.problems, 0, "%s", heard.last.message);
    unload(&note);
}

/* Nothing tells that a file was written to twice in the same moment; the second look sees it. */
Test(assets, that_are_good_at_the_second_look_are_swapped_then)
{
    Note note = {0};
    Heard heard = {0};
    load(&note, "a", "one");
    scratch_write_text(&scratch, "a", "?refused");
    cr_expect_eq(look(&heard), 0);
    scratch_write_text(&scratch, "a", "accepted");
    mp_assets_wait(assets);
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 1);
    cr_expect_str_eq(note.text, "accepted");
    cr_expect_eq(heard.problems, 0, "%s", heard.last.message);
    unload(&note);
}

Test(assets, may_go_while_they_are_in_doubt)
{
    Note note = {0};
    Heard heard = {0};
    load(&note, "a", "one");
    scratch_write_text(&scratch, "a", "!half");
    cr_expect_eq(look(&heard), 0);
    unload(&note);
    mp_assets_wait(assets);
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 0);
}

/* The frame goes on while a file is decoded; of two changes, only the second is ever seen. */
Test(assets, show_the_newest_of_several_changes)
{
    Note note = {0};
    Heard heard = {0};
    load(&note, "a", "one");
    waits = true;
    scratch_write_text(&scratch, "a", "second");
    mp_assets_check(assets);
    sem_wait(&begun);
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 0, "it is still being decoded");
    mp_assets_check(assets);
    cr_expect_eq(sem_trywait(&begun), -1, "it is decoded once");
    scratch_write_text(&scratch, "a", "the third");
    mp_assets_check(assets);
    sem_wait(&begun);
    sem_post(&leave);
    sem_post(&leave);
    mp_assets_wait(assets);
    cr_expect_str_eq(note.text, "one", "nothing is swapped behind the game's back");
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 1);
    cr_expect_str_eq(note.text, "the third");
    cr_expect_eq(heard.replaced, 1);
    cr_expect_eq(decoded_alive, 1);
    unload(&note);
}

Test(assets, that_changed_together_are_swapped_together)
{
    Note list = {0}, picture = {0}, late = {0};
    Heard heard = {0};
    load(&picture, "p", "picture");
    scratch_write_text(&scratch, "l", "list");
    load_as(&list, &list_kind, "l");
    load(&late, "q", "loaded after the list");
    waits = true;
    scratch_write_text(&scratch, "l", "new list");
    scratch_write_text(&scratch, "p", "new picture");
    scratch_write_text(&scratch, "q", "new late one");
    mp_assets_check(assets);
    for (int i = 0; i < 3; i++)
        sem_wait(&begun);
    sem_post(&leave);
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 0);
    sem_post(&leave);
    sem_post(&leave);
    mp_assets_wait(assets);
    cr_expect_eq(mp_assets_poll(assets, hear, &heard), 3);
    cr_expect_eq(order[2], 'l', "%s: what is made of others comes last", order);
    unload(&list);
    unload(&picture);
    unload(&late);
}

Test(assets, fall_back_when_a_mount_goes)
{
    Note note = {0};
    Heard heard = {0};
    scratch_make_folder(&scratch, "base");
    scratch_make_folder(&scratch, "patch");
    const char *base = scratch_path(&scratch, "base"), *patch = scratch_path(&scratch, "patch");
    scratch_write_text(&scratch, "patch/n", "patched");
    cr_assert(mp_vfs_mount_directory(vfs, base, "/m", NULL));
    load(&note, "base/n", "unrelated");
    unload(&note);
    note = (Note){0};
    load_as(&note, &note_kind, "m/n");
    cr_assert(mp_vfs_mount_directory(vfs, patch, "/m", NULL));
    cr_expect_eq(reload(&heard), 1);
    cr_expect_str_eq(note.text, "patched");
    cr_expect_str_eq(note.asset.source, patch);
    cr_assert(mp_vfs_unmount(vfs, patch, NULL));
    cr_expect_str_eq(note.asset.source, patch, "it remembers, also when the mount is gone");
    cr_expect_eq(reload(&heard), 1);
    cr_expect_str_eq(note.text, "unrelated");
    cr_expect_str_eq(note.asset.source, base);
    cr_assert(mp_vfs_unmount(vfs, base, NULL));
    cr_expect_eq(reload(&heard), 0);
    cr_expect_eq(heard.last.status, MP_NOT_FOUND);
    cr_expect_str_eq(note.text, "unrelated");
    unload(&note);
}

Test(assets, may_go_while_they_are_decoded)
{
    Note note = {0};
    load(&note, "a", "one");
    waits = true;
    scratch_write_text(&scratch, "a", "second");
    mp_assets_check(assets);
    sem_wait(&begun);
    unload(&note);
    sem_post(&leave);
    cr_expect_eq(mp_assets_poll(assets, NULL, NULL), 0);
}

Test(assets, may_go_when_they_are_decoded_and_not_swapped)
{
    Note note = {0};
    load(&note, "a", "one");
    scratch_write_text(&scratch, "a", "second");
    mp_assets_check(assets);
    mp_assets_wait(assets);
    unload(&note);
    cr_expect_eq(mp_assets_poll(assets, NULL, NULL), 0);
}

Test(assets, stay_through_a_thousand_reloads_that_overtake_each_other)
{
    Note note = {0};
    load(&note, "a", "one");
    for (int i = 0; i < 1000; i++) {
        mp_asset_try_again(&note.asset);
        mp_assets_check(assets);
        if (i % 3 == 0)
            mp_assets_poll(assets, NULL, NULL);
    }
    mp_assets_wait(assets);
    mp_assets_poll(assets, NULL, NULL);
    cr_expect_eq(decoded_alive, 1, "%d are alive", (int)decoded_alive);
    unload(&note);
}
