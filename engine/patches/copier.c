#include "patches/copier.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct Job {
    struct Job *next;
    bool done;
    MpCopy copy;
    size_t size;
    char bytes[];
} Job;

struct MpCopier {
    MpPatchStore *store;
    uv_thread_t thread;
    uv_mutex_t lock; /* of all below, but not of a job that is not done */
    uv_cond_t changed;
    bool ends;
    Job *first, *last;
};

static Job *find_waiting(const MpCopier *copier)
{
    Job *job = copier->first;
    while (job && job->done)
        job = job->next;
    return job;
}

static void perform(MpCopier *copier, Job *job)
{
    uv_mutex_unlock(&copier->lock);
    job->copy.hash = mp_hash_of(job->bytes, job->size);
    if (mp_patch_store_put(copier->store, job->bytes, job->size, &job->copy.error))
        job->copy.error.status = MP_OK;
    uv_mutex_lock(&copier->lock);
    job->done = true;
    uv_cond_broadcast(&copier->changed);
}

static void run(void *argument)
{
    MpCopier *copier = argument;
    uv_mutex_lock(&copier->lock);
    for (;;) {
        Job *job = find_waiting(copier);
        if (job)
            perform(copier, job);
        else if (copier->ends)
            break;
        else
            uv_cond_wait(&copier->changed, &copier->lock);
    }
    uv_mutex_unlock(&copier->lock);
}

static bool start(MpCopier *copier)
{
    if (uv_mutex_init(&copier->lock) != 0)
        return false;
    if (uv_cond_init(&copier->changed) == 0) {
        if (uv_thread_create(&copier->thread, run, copier) == 0)
            return true;
        uv_cond_destroy(&copier->changed);
    }
    uv_mutex_destroy(&copier->lock);
    return false;
}

MpCopier *mp_copier_create(MpPatchStore *store, MpError *error)
{
    MpCopier *copier = calloc(1, sizeof *copier);
    if (copier)
        copier->store = store;
    if (copier && start(copier))
        return copier;
    free(copier);
    mp_error_set(error, MP_MEMORY, "no memory for a thread that copies good patches");
    return NULL;
}

void mp_copier_destroy(MpCopier *copier)
{
    if (!copier)
        return;
    uv_mutex_lock(&copier->lock);
    copier->ends = true;
    uv_cond_broadcast(&copier->changed);
    uv_mutex_unlock(&copier->lock);
    uv_thread_join(&copier->thread);
    for (Job *job; (job = copier->first);) {
        copier->first = job->next;
        free(job);
    }
    uv_cond_destroy(&copier->changed);
    uv_mutex_destroy(&copier->lock);
    free(copier);
}

bool mp_copier_request(MpCopier *copier, const char *file, const void *bytes, size_t size)
{
    Job *job = malloc(sizeof *job + size);
    if (!job)
        return false;
    *job = (Job){.size = size};
    mp_content_set_text(job->copy.file, sizeof job->copy.file, file);
    memcpy(job->bytes, bytes, size);
    uv_mutex_lock(&copier->lock);
    *(copier->first ? &copier->last->next : &copier->first) = job;
    copier->last = job;
    uv_cond_broadcast(&copier->changed);
    uv_mutex_unlock(&copier->lock);
    return true;
}

bool mp_copier_take(MpCopier *copier, MpCopy *copy)
{
    uv_mutex_lock(&copier->lock);
    Job *job = copier->first;
    bool done = job && job->done;
    if (done)
        copier->first = job->next;
    uv_mutex_unlock(&copier->lock);
    if (!done)
        return false;
    *copy = job->copy;
    free(job);
    return true;
}

void mp_copier_wait(MpCopier *copier)
{
    uv_mutex_lock(&copier->lock);
    while (find_waiting(copier))
        uv_cond_wait(&copier->changed, &copier->lock);
    uv_mutex_unlock(&copier->lock);
}
