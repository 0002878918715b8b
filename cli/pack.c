#include "command.h"
#include "file/file.h"
#include "pack_folder.h"
#include "pack_zip.h"
#include "subcommand.h"
#include "vfs/bundle_check.h"
#include "vfs/vfs.h"
#include "vfs/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Order {
    const char *folder, *output;
} Order;

/* A bundle that is packed again is written over; anything else is somebody's file. */
static bool may_write(const char *output, MpError *error)
{
    size_t size;
    MpZip zip;
    MpError problem;
    char *bytes = mp_file_read(output, MP_VFS_ARCHIVE_LIMIT, &size, &problem);
    if (!bytes && problem.status == MP_NOT_FOUND)
        return true;
    bool good = bytes && mp_zip_open(&zip, bytes, size, NULL);
    free(bytes);
    if (!good)
        mp_error_set(error, MP_REFUSED,
                     "'%s' is there and no zip archive: remove it, or write to another file",
                     output);
    return good;
}

static bool is_good_output(const Order *order, MpError *error)
{
    if (mp_file_is_inside(order->output, order->folder)) {
        mp_error_set(error, MP_REFUSED,
                     "'%s' is in the folder that is packed, and would be packed the next time: "
                     "write to a file outside of it",
                     order->output);
        return false;
    }
    return may_write(order->output, error);
}

/* The archive, once a game would take it. */
static void *make_bundle(const MpPackFolder *folder, const char *path, size_t *size, MpError *error)
{
    MpError problem;
    if (folder->count == 0) {
        mp_error_set(error, MP_FORMAT, "there is nothing to pack in '%s'", path);
        return NULL;
    }
    void *bytes = mp_pack_zip(folder, size, error);
    if (!bytes || mp_bundle_check(bytes, *size, &problem))
        return bytes;
    mp_error_set(error, problem.status, "games would refuse what is in '%s': %s", path,
                 problem.message);
    free(bytes);
    return NULL;
}

static void tell(const Order *order, const MpPackFolder *folder, size_t size)
{
    printf("packed %zu file%s, %zu byte%s, into %s of %zu bytes\n", folder->count,
           folder->count == 1 ? "" : "s", folder->size, folder->size == 1 ? "" : "s", order->output,
           size);
    if (folder->hidden)
        printf("left out %zu hidden file%s or folder%s\n", folder->hidden,
               folder->hidden == 1 ? "" : "s", folder->hidden == 1 ? "" : "s");
}

static bool pack(const Order *order, MpPackFolder *folder, MpError *error)
{
    size_t size;
    if (!mp_pack_folder_read(folder, order->folder, error) || !is_good_output(order, error))
        return false;
    void *bytes = make_bundle(folder, order->folder, &size, error);
    bool good = bytes && mp_file_write(order->output, bytes, size, error);
    free(bytes);
    if (good)
        tell(order, folder, size);
    return good;
}

static bool work(void *data, const MpWords *words, MpError *error)
{
    Order *order = data;
    MpPackFolder folder = {0};
    order->folder = words->items[0];
    if (!order->output) {
        mp_error_set(error, MP_INVALID, "-o FILE.zip expected: which file is to be written?");
        return false;
    }
    bool good = pack(order, &folder, error);
    mp_pack_folder_finish(&folder);
    return good;
}

static int run(int argc, char **argv)
{
    (void)argc;
    static const MpOption options[] = {
        {"--output", MP_OPTION_TEXT, offsetof(Order, output)},
        {"-o", MP_OPTION_TEXT, offsetof(Order, output)},
        {0},
    };
    static const MpCommand command = {"pack", options, "one folder", 1, 1, work};
    Order order = {0};
    return mp_command_run(&command, argv, &order);
}

const MpSubcommand mp_subcommand_pack = {
    .name = "pack",
    .summary = "makes a bundle of a folder, the same bytes each time",
    .usage =
        "usage: moonpatch pack DIR -o FILE.zip\n"
        "\n"
        "Packs what is in DIR - patch.lua, scripts/, assets/ - into a bundle for a game's patch\n"
        "folder. The bundle depends on names and contents alone: the same files give the same\n"
        "bytes, whenever and wherever they are packed. What a game would refuse is not packed:\n"
        "the message names the file. Hidden files and folders (.git) are left out.\n"
        "\n"
        "options\n"
        "  -o, --output FILE.zip   the bundle to write; written over if it is a zip archive\n"
        "\n"
        "exit codes\n"
        "  0   the bundle was written\n"
        "  1   it could not be made; FILE.zip is as it was\n"
        "  2   the command was called wrongly\n",
    .run = run,
};
