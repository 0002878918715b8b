/*
 * follow.c - a machine that follows a channel as a game does, until it runs a release.
 *
 *     follow URL ROOT USER_FOLDER RELEASE SECONDS
 *
 * Takes and confirms whatever update is ready. Prints "RELEASE FOLDER MILLISECONDS" when it runs
 * the release or a later one. Exits with 1 if that does not come to pass in so many seconds.
 */
#include "file/file.h"
#include "update/channel/updater.h"
#include "update/tuf/client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

enum { LOOK_MS = 5 };

static int complain(const char *message)
{
    fprintf(stderr, "follow: %s\n", message);
    return 1;
}

static void hear(MpUpdater *updater)
{
    char line[MP_ERROR_MESSAGE_SIZE];
    for (MpAudience audience = MP_FOR_PLAYER; audience < MP_AUDIENCES; audience++) {
        if (mp_updater_hear(updater, audience, line))
            complain(line);
    }
}

static int follow(MpUpdater *updater, MpReleaseNumber wanted, uint64_t milliseconds)
{
    uint64_t start = uv_hrtime(), spent = 0;
    MpUpdate update;
    while (mp_updater_release(updater) < wanted && spent < milliseconds) {
        if (mp_updater_peek(updater, &update) && mp_updater_accept(updater))
            mp_updater_confirm(updater);
        else
            uv_sleep(LOOK_MS);
        hear(updater);
        spent = (uv_hrtime() - start) / 1000000;
    }
    if (mp_updater_release(updater) < wanted)
        return complain("the release did not come in time");
    printf("%" PRIu64 " %s %" PRIu64 "\n", mp_updater_release(updater), mp_updater_folder(updater),
           spent);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return complain("usage: follow URL ROOT USER_FOLDER RELEASE SECONDS");
    MpError error;
    MpUpdaterOptions options = {.url = argv[1],
                                .user_folder = argv[3],
                                .app = "moonbase",
                                .channel = "stable",
                                .api = 1,
                                .program = "follow",
                                .poll_seconds = 1};
    char *root = mp_file_read(argv[2], MP_TUF_ROOT_LIMIT, &options.root_size, &error);
    options.root = root;
    MpUpdater *updater = root ? mp_updater_open(&options, &error) : NULL;
    bool started = updater && mp_updater_start(updater, &error);
    int code =
        started ? follow(updater, strtoull(argv[4], NULL, 10), strtoull(argv[5], NULL, 10) * 1000)
                : complain(error.message);
    mp_updater_close(updater);
    free(root);
    return code;
}
