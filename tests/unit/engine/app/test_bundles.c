/* Bundles of the game that come, change and go while it runs. */
#include "app/bundles.h"
#include "assets/assets.h"
#include "log/log.h"
#include "support/scratch.h"
#include "support/zip_builder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

static Scratch scratch;
static MpVfs *vfs;
static MpBundles *bundles;

/* The game's folder, and a patch on top, with a folder for bundles between them or none. */
static void open_game(bool has_folder)
{
    MpError error;
    scratch_init(&scratch);
    scratch_make_folder(&scratch, "base");
    scratch_make_folder(&scratch, "patch");
    scratch_write_text(&scratch, "base/who.txt", "the game");
    if (has_folder)
        scratch_make_folder(&scratch, "bundles");
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(vfs && mp_vfs_mount_directory(vfs, scratch_path(&scratch, "base"), "/", NULL));
    bundles = mp_bundles_open(vfs, scratch_path(&scratch, "bundles"), &error);
    cr_assert(bundles, "%s", error.message);
    cr_assert(mp_vfs_mount_directory(vfs, scratch_path(&scratch, "patch"), "/", NULL));
}

static void finish(void)
{
    mp_bundles_close(bundles);
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
}

TestSuite(bundles, .fini = finish, .timeout = 60);

static void write_bundle(const char *name, const char *content)
{
    size_t size;
    const ZipEntry entry = {.name = "who.txt", .content = content};
    uint8_t *zip = zip_build(&entry, 1, &size);
    scratch_write(&scratch, name, zip, size);
    free(zip);
}

static void wait_for_change(void)
{
    while (!mp_bundles_poll(bundles))
        uv_sleep(2); /* the test's time limit ends it */
}

static void expect(const char *expected)
{
    char *text = mp_vfs_read(vfs, "who.txt", 100, NULL, NULL);
    cr_assert(text);
    cr_expect_str_eq(text, expected);
    free(text);
}

Test(bundles, come_and_go)
{
    open_game(true);
    write_bundle("bundles/b.zip", "b");
    wait_for_change();
    expect("b");
    write_bundle("bundles/b.zip", "another b");
    wait_for_change();
    expect("another b");
    scratch_remove(&scratch, "bundles/b.zip");
    wait_for_change();
    expect("the game");
    cr_expect_eq(mp_vfs_count(vfs), 2);
}

Test(bundles, lie_in_the_order_of_their_names_and_below_patches)
{
    open_game(true);
    write_bundle("bundles/b.zip", "b");
    wait_for_change();
    write_bundle("bundles/a.zip", "a");
    wait_for_change();
    expect("b");
    write_bundle("bundles/c.zip", "c");
    wait_for_change();
    expect("c");
    scratch_write_text(&scratch, "patch/who.txt", "the patch");
    expect("the patch");
    write_bundle("bundles/d.zip", "d");
    wait_for_change();
    expect("the patch");
    scratch_remove(&scratch, "bundles/c.zip");
    scratch_remove(&scratch, "patch/who.txt");
    wait_for_change();
    expect("d");
}

Test(bundles, need_no_folder_at_the_start)
{
    open_game(false);
    cr_expect_not(mp_bundles_poll(bundles));
    scratch_make_folder(&scratch, "bundles");
    write_bundle("bundles/late.zip", "late");
    wait_for_change();
    expect("late");
    write_bundle("bundles/later.zip", "later");
    wait_for_change();
    expect("later");
}

static char heard[512];

static void hear(void *user, MpLogLevel level, const char *text)
{
    (void)user, (void)level;
    snprintf(heard, sizeof heard, "%s", text);
}

Test(bundles, that_are_broken_keep_what_was_there)
{
    open_game(true);
    write_bundle("bundles/b.zip", "good");
    wait_for_change();
    mp_log_add_sink(hear, NULL);
    scratch_write_text(&scratch, "bundles/b.zip", "no archive");
    while (!strstr(heard, "b.zip': ")) {
        cr_expect_not(mp_bundles_poll(bundles));
        uv_sleep(2);
    }
    expect("good");
    write_bundle("bundles/b.zip", "good again");
    wait_for_change();
    expect("good again");
    mp_log_remove_sink(hear, NULL);
}

/* ---- what is made of them ----------------------------------------------------------------- */

static int swaps;

static bool count_swap(MpAsset *asset, void *decoded, MpAssetFile *file, MpError *error)
{
    (void)asset, (void)decoded, (void)file, (void)error;
    swaps++;
    return true;
}

Test(bundles, are_what_assets_fall_back_from_and_no_others_notice)
{
    static const MpAssetKind text = {.limit = 100, .swap = count_swap};
    open_game(true);
    scratch_write_text(&scratch, "patch/other.txt", "other");
    MpAssets *assets = mp_assets_create(vfs, NULL);
    MpAsset who = {0}, other = {0};
    cr_assert(mp_asset_load(assets, &who, &text, NULL, NULL, "who.txt", NULL));
    cr_assert(mp_asset_load(assets, &other, &text, NULL, NULL, "other.txt", NULL));
    write_bundle("bundles/b.zip", "b");
    wait_for_change();
    mp_assets_check(assets);
    cr_expect_eq(mp_assets_poll(assets, NULL, NULL), 1, "the patch's mount is still the same");
    cr_expect(strstr(who.source, "b.zip"), "%s", who.source);
    scratch_remove(&scratch, "bundles/b.zip");
    wait_for_change();
    mp_assets_check(assets);
    cr_expect_eq(mp_assets_poll(assets, NULL, NULL), 1);
    cr_expect(strstr(who.source, "/base"), "%s", who.source);
    mp_asset_finish(&who);
    mp_asset_finish(&other);
    mp_assets_destroy(assets);
}
