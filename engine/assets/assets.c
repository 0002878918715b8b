#include "assets/assets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* A file that is being written is whole by then. */
enum { SECOND_LOOK_MS = 100 };

struct MpAssets {
    const MpVfs *vfs;
    uv_loop_t loop;
    uv_timer_t second_look; /* runs while jobs are in doubt */
    MpAsset *first;
    size_t running; /* jobs that the pool has */
    size_t due;     /* assets that have a job */
};

/* One attempt to load a file. */
typedef struct MpAssetJob {
    uv_work_t work; /* first member: callbacks cast back */
    MpAssets *assets;
    MpAsset *asset; /* NULL: a later job took its place, or the asset went */
    const MpAssetKind *kind;
    void *owner;
    char *path;
    char *source;
    MpAssetFile file;
    void *decoded;
    bool is_good;
    bool is_over;
    MpError error;
    MpVfsStat stat;   /* of the file */
    bool is_second;   /* the same file was no good a moment ago */
    bool is_in_doubt; /* it failed, and the file is looked at again at `due` */
    uint64_t due;     /* milliseconds of the loop */
} Job;

/* ---- jobs --------------------------------------------------------------------------------- */

static void free_job(Job *job)
{
    if (!job)
        return;
    if (job->decoded)
        job->kind->discard(job->owner, job->decoded);
    free(job->file.bytes);
    free(job->source);
    free(job->path);
    free(job);
}

/* A file that cannot be read makes a job that has failed. NULL: no memory. */
static Job *read_file(MpAssets *assets, MpAsset *asset)
{
    Job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    asset->tried = (MpVfsStat){0};
    mp_vfs_stat(assets->vfs, asset->path, &asset->tried, NULL);
    job->stat = asset->tried;
    job->assets = assets;
    job->asset = asset;
    job->kind = asset->kind;
    job->owner = asset->owner;
    job->path = strdup(asset->path);
    job->source = strdup(asset->tried.source ? asset->tried.source : "");
    if (!job->path || !job->source) {
        free_job(job);
        return NULL;
    }
    job->file.bytes =
        mp_vfs_read(assets->vfs, asset->path, asset->kind->limit, &job->file.size, &job->error);
    return job;
}

static void decode(uv_work_t *work)
{
    Job *job = (Job *)work;
    job->is_good = job->kind->decode(job->owner, job->path, &job->file, &job->decoded, &job->error);
}

static void note_decoded(uv_work_t *work, int status)
{
    (void)status; /* only jobs that nobody waits for are cancelled */
    Job *job = (Job *)work;
    job->is_over = true;
    job->assets->running--;
    if (!job->asset)
        free_job(job);
}

static void start(Job *job)
{
    bool is_read = job->file.bytes != NULL;
    bool decodes = is_read && job->kind->decode;
    if (decodes && uv_queue_work(&job->assets->loop, &job->work, decode, note_decoded) == 0) {
        job->assets->running++;
        return;
    }
    job->is_good = is_read;
    job->is_over = true;
    if (decodes)
        decode(&job->work);
}

static void abandon_job(MpAsset *asset)
{
    Job *job = asset->job;
    if (!job)
        return;
    asset->job = NULL;
    asset->assets->due--;
    if (job->is_over) {
        free_job(job);
        return;
    }
    job->asset = NULL;
    uv_cancel((uv_req_t *)&job->work); /* one that has begun goes on to its end */
}

static bool swap(MpAsset *asset, Job *job)
{
    if (!job->is_good)
        return false;
    void *decoded = job->decoded;
    job->decoded = NULL;
    if (!job->kind->swap(asset, decoded, &job->file, &job->error))
        return false;
    free(asset->source);
    asset->source = job->source;
    job->source = NULL;
    return true;
}

/* ---- assets ------------------------------------------------------------------------------- */

static bool load_now(MpAssets *assets, MpAsset *asset, MpError *error)
{
    Job *job = asset->path ? read_file(assets, asset) : NULL;
    if (!job) {
        mp_error_set(error, MP_MEMORY, "no memory to load a file");
        return false;
    }
    job->is_good = job->file.bytes != NULL;
    if (job->is_good && job->kind->decode)
        decode(&job->work);
    bool loaded = swap(asset, job);
    if (!loaded)
        mp_error_set(error, job->error.status, "%s", job->error.message);
    free_job(job);
    return loaded;
}

bool mp_asset_load(MpAssets *assets, MpAsset *asset, const MpAssetKind *kind, void *object,
                   void *owner, const char *path, MpError *error)
{
    *asset = (MpAsset){.kind = kind, .object = object, .owner = owner, .path = strdup(path)};
    if (!load_now(assets, asset, error)) {
        free(asset->path);
        *asset = (MpAsset){0};
        return false;
    }
    asset->assets = assets;
    asset->next = assets->first;
    assets->first = asset;
    return true;
}

bool mp_asset_load_again(MpAsset *asset, MpError *error)
{
    abandon_job(asset);
    return load_now(asset->assets, asset, error);
}

void mp_asset_finish(MpAsset *asset)
{
    if (!asset->assets)
        return;
    abandon_job(asset);
    MpAsset **link = &asset->assets->first;
    while (*link != asset)
        link = &(*link)->next;
    *link = asset->next;
    free(asset->path);
    free(asset->source);
    *asset = (MpAsset){0};
}

void mp_asset_try_again(MpAsset *asset) { asset->tried = (MpVfsStat){0}; }

/* ---- all of them -------------------------------------------------------------------------- */

MpAssets *mp_assets_create(const MpVfs *vfs, MpError *error)
{
    MpAssets *assets = calloc(1, sizeof *assets);
    if (!assets) {
        mp_error_set(error, MP_MEMORY, "no memory for assets");
        return NULL;
    }
    int code = uv_loop_init(&assets->loop);
    if (code < 0) {
        mp_error_set(error, MP_IO, "cannot start to load assets: %s", uv_strerror(code));
        free(assets);
        return NULL;
    }
    assets->vfs = vfs;
    uv_timer_init(&assets->loop, &assets->second_look);
    assets->second_look.data = assets;
    return assets;
}

void mp_assets_destroy(MpAssets *assets)
{
    if (!assets)
        return;
    assert(!assets->first);
    uv_close((uv_handle_t *)&assets->second_look, NULL);
    uv_run(&assets->loop, UV_RUN_DEFAULT);
    uv_loop_close(&assets->loop);
    free(assets);
}

const MpVfs *mp_assets_vfs(const MpAssets *assets) { return assets->vfs; }

static bool is_outdated(const MpAssets *assets, const MpAsset *asset)
{
    MpVfsStat now = {0};
    mp_vfs_stat(assets->vfs, asset->path, &now, NULL);
    return !mp_vfs_stat_same(&asset->tried, &now);
}

/* `failed`: the file that was no good when it was looked at before; NULL: it was not. */
static void begin(MpAsset *asset, const MpVfsStat *failed)
{
    MpVfsStat before = failed ? *failed : (MpVfsStat){0};
    abandon_job(asset);
    asset->job = read_file(asset->assets, asset);
    if (!asset->job) {
        mp_asset_try_again(asset);
        return;
    }
    asset->job->is_second = failed && mp_vfs_stat_same(&before, &asset->job->stat);
    asset->assets->due++;
    start(asset->job);
}

void mp_assets_check(MpAssets *assets)
{
    for (MpAsset *asset = assets->first; asset; asset = asset->next) {
        if (is_outdated(assets, asset))
            begin(asset, NULL);
    }
}

/* ---- files that are no good at the first look ----------------------------------------------- */

static void look_again(uv_timer_t *timer);

static void set_timer(MpAssets *assets)
{
    uint64_t now = uv_now(&assets->loop), first = UINT64_MAX;
    for (const MpAsset *asset = assets->first; asset; asset = asset->next) {
        if (asset->job && asset->job->is_in_doubt && asset->job->due < first)
            first = asset->job->due;
    }
    if (first != UINT64_MAX)
        uv_timer_start(&assets->second_look, look_again, first > now ? first - now : 0, 0);
}

static void look_again(uv_timer_t *timer)
{
    MpAssets *assets = timer->data;
    for (MpAsset *asset = assets->first; asset; asset = asset->next) {
        const Job *job = asset->job;
        if (job && job->is_in_doubt && job->due <= uv_now(&assets->loop))
            begin(asset, &job->stat);
    }
    set_timer(assets);
}

/* Whoever saves a file may be in the middle of it: then the failure is not worth telling. */
static void put_in_doubt(MpAssets *assets, Job *job)
{
    uv_update_time(&assets->loop);
    job->is_in_doubt = true;
    job->due = uv_now(&assets->loop) + SECOND_LOOK_MS;
    set_timer(assets);
}

/* ---- swapping ------------------------------------------------------------------------------- */

static bool is_ready(const MpAssets *assets)
{
    if (!assets->due)
        return false;
    for (const MpAsset *asset = assets->first; asset; asset = asset->next) {
        if (asset->job && !asset->job->is_over)
            return false;
    }
    return true;
}

/* A swap may load another asset, which becomes the first. */
static int swap_all(MpAssets *assets, bool are_last, MpAssetHear *hear, void *user)
{
    int replaced = 0;
    for (MpAsset *asset = assets->first; asset; asset = asset->next) {
        Job *job = asset->job;
        if (!job || job->is_in_doubt || asset->kind->is_last != are_last)
            continue;
        bool good = swap(asset, job);
        if (!good && !job->is_second) {
            put_in_doubt(assets, job);
            continue;
        }
        asset->job = NULL;
        assets->due--;
        replaced += good;
        if (hear)
            hear(user, asset, good ? NULL : &job->error);
        free_job(job);
    }
    return replaced;
}

static bool is_busy(const MpAssets *assets)
{
    return assets->running || uv_is_active((const uv_handle_t *)&assets->second_look);
}

int mp_assets_poll(MpAssets *assets, MpAssetHear *hear, void *user)
{
    if (is_busy(assets))
        uv_run(&assets->loop, UV_RUN_NOWAIT);
    if (!is_ready(assets))
        return 0;
    int replaced = swap_all(assets, false, hear, user);
    return replaced + swap_all(assets, true, hear, user);
}

void mp_assets_wait(MpAssets *assets)
{
    while (is_busy(assets))
        uv_run(&assets->loop, UV_RUN_ONCE);
}
