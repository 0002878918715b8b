#include "patches/settler.h"

#include "patches/system.h"

#include <stdbool.h>
#include <stdlib.h>
#include <uv.h>

struct MpSettler {
    const char *folder;
    uv_thread_t thread;
    uv_mutex_t lock; /* of all below */
    uv_cond_t changed;
    bool ends;
    const char *name;
    uint64_t wanted, done; /* generations */
    MpError error;         /* of `done` */
};

static void settle(MpSettler *settler)
{
    const char *name = settler->name;
    const uint64_t generation = settler->wanted;
    MpError error = {.status = MP_OK};
    uv_mutex_unlock(&settler->lock);
    mp_system_synchronise(settler->folder, name, &error);
    uv_mutex_lock(&settler->lock);
    settler->done = generation;
    settler->error = error;
}

static void run(void *argument)
{
    MpSettler *settler = argument;
    uv_mutex_lock(&settler->lock);
    while (!settler->ends) {
        if (settler->done != settler->wanted)
            settle(settler);
        else
            uv_cond_wait(&settler->changed, &settler->lock);
    }
    uv_mutex_unlock(&settler->lock);
}

MpSettler *mp_settler_create(const char *folder)
{
    MpSettler *settler = calloc(1, sizeof *settler);
    if (!settler)
        return NULL;
    settler->folder = folder;
    if (uv_mutex_init(&settler->lock) != 0) {
        free(settler);
        return NULL;
    }
    if (uv_cond_init(&settler->changed) != 0) {
        uv_mutex_destroy(&settler->lock);
        free(settler);
        return NULL;
    }
    if (uv_thread_create(&settler->thread, run, settler) != 0) {
        uv_cond_destroy(&settler->changed);
        uv_mutex_destroy(&settler->lock);
        free(settler);
        return NULL;
    }
    return settler;
}

void mp_settler_destroy(MpSettler *settler)
{
    if (!settler)
        return;
    uv_mutex_lock(&settler->lock);
    settler->ends = true;
    uv_cond_signal(&settler->changed);
    uv_mutex_unlock(&settler->lock);
    uv_thread_join(&settler->thread);
    uv_cond_destroy(&settler->changed);
    uv_mutex_destroy(&settler->lock);
    free(settler);
}

void mp_settler_request(MpSettler *settler, const char *name, uint64_t generation)
{
    uv_mutex_lock(&settler->lock);
    settler->name = name;
    settler->wanted = generation;
    uv_cond_signal(&settler->changed);
    uv_mutex_unlock(&settler->lock);
}

uint64_t mp_settler_done(MpSettler *settler, MpError *error)
{
    uv_mutex_lock(&settler->lock);
    uint64_t generation = settler->done;
    if (settler->error.status != MP_OK)
        *error = settler->error;
    uv_mutex_unlock(&settler->lock);
    return generation;
}
