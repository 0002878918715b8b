#include "watch/watch.h"

#include "file/file.h"
#include "watch/settle.h"
#include "watch/tree.h"

#include <stdlib.h>
#include <uv.h>

struct MpWatch {
    uv_loop_t loop;
    MpSettle settle;
    MpTree **trees;
    size_t count;
    uint64_t check_interval;
    uint64_t last_check;
    bool touched; /* since the last poll */
    bool scan;
};

static const uint64_t NS_PER_MS = 1000000;

static uint64_t nanoseconds(unsigned given_ms, unsigned default_ms)
{
    return (given_ms ? given_ms : default_ms) * NS_PER_MS;
}

MpWatch *mp_watch_create(const MpWatchConfig *config, MpError *error)
{
    static const MpWatchConfig defaults = {0};
    if (!config)
        config = &defaults;
    MpWatch *watch = calloc(1, sizeof *watch);
    if (!watch) {
        mp_error_set(error, MP_MEMORY, "no memory for a watch");
        return NULL;
    }
    int code = uv_loop_init(&watch->loop);
    if (code < 0) {
        mp_error_set(error, MP_IO, "cannot start to watch files: %s", uv_strerror(code));
        free(watch);
        return NULL;
    }
    watch->settle.quiet = nanoseconds(config->settle_ms, 30);
    watch->settle.longest = nanoseconds(config->longest_ms, 200);
    watch->check_interval = nanoseconds(config->rescan_ms, 250);
    watch->scan = config->scan;
    return watch;
}

void mp_watch_destroy(MpWatch *watch)
{
    if (!watch)
        return;
    for (size_t i = 0; i < watch->count; i++)
        mp_tree_close(watch->trees[i]);
    free(watch->trees);
    /* Closed handles are let go by the loop. */
    uv_run(&watch->loop, UV_RUN_DEFAULT);
    uv_loop_close(&watch->loop);
    free(watch);
}

static void tree_changed(void *user)
{
    MpWatch *watch = user;
    watch->touched = true;
}

bool mp_watch_directory(MpWatch *watch, const char *path, MpError *error)
{
    if (!mp_file_is_directory(path)) {
        mp_error_set(error, MP_NOT_FOUND, "cannot watch '%s': there is no such folder", path);
        return false;
    }
    MpTree **trees = realloc(watch->trees, (watch->count + 1) * sizeof(MpTree *));
    MpTree *tree = NULL;
    if (trees) {
        watch->trees = trees;
        tree = mp_tree_open(&watch->loop, path, watch->scan, tree_changed, watch);
    }
    if (!tree) {
        mp_error_set(error, MP_MEMORY, "no memory to watch '%s'", path);
        return false;
    }
    watch->trees[watch->count++] = tree;
    return true;
}

static void check_trees(MpWatch *watch, uint64_t now)
{
    if (now - watch->last_check < watch->check_interval)
        return;
    watch->last_check = now;
    for (size_t i = 0; i < watch->count; i++)
        mp_tree_check(watch->trees[i]);
}

bool mp_watch_poll(MpWatch *watch)
{
    uint64_t now = uv_hrtime();
    uv_run(&watch->loop, UV_RUN_NOWAIT);
    check_trees(watch, now);
    if (watch->touched) {
        watch->touched = false;
        mp_settle_touch(&watch->settle, now);
        /* At once and not at the end of the series: what happens in a new folder belongs to it. */
        for (size_t i = 0; i < watch->count; i++)
            mp_tree_refresh(watch->trees[i]);
    }
    return mp_settle_take(&watch->settle, now);
}

bool mp_watch_is_scanning(const MpWatch *watch)
{
    for (size_t i = 0; i < watch->count; i++) {
        if (mp_tree_is_scanning(watch->trees[i]))
            return true;
    }
    return false;
}
