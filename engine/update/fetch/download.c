#include "update/fetch/download.h"

#include "update/fetch/partial.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 4 };

typedef struct Set {
    MpFetcher *fetcher;
    const MpDownloadRules *rules;
    MpDownload *next, *end;
    unsigned running;
    bool is_starting;
} Set;

typedef struct Job {
    Set *set;
    MpDownload *download;
    MpPartial partial;
    MpRetry retry;
    const char *const *url; /* of this attempt */
    uint64_t counted;       /* what rules->received has of it */
} Job;

static void start_more(Set *set);
static void attempt(Job *job, unsigned delay_ms);

/* ---- the end of one ------------------------------------------------------------------------- */

static void end(Job *job)
{
    Set *set = job->set;
    free(job);
    set->running--;
    start_more(set);
}

/* Another server does not help. */
static bool is_final(MpFetchOutcome outcome)
{
    return outcome == MP_FETCH_BROKEN || outcome == MP_FETCH_CANCELLED;
}

/* One that says to come back later outweighs others of its round. */
static void note_failure(MpDownload *download, MpFetchOutcome outcome, const MpError *error)
{
    if (download->outcome == MP_FETCH_RETRY && !is_final(outcome))
        return;
    download->outcome = outcome;
    download->error = *error;
}

static void count(Job *job, uint64_t bytes)
{
    if (job->set->rules->received)
        atomic_fetch_add(job->set->rules->received, bytes - job->counted);
    job->counted = bytes;
}

/* The next mirror, the next round, or the end. */
static void go_on(Job *job)
{
    MpDownload *download = job->download;
    unsigned delay_ms = 0;
    if (*++job->url) {
        attempt(job, 0);
        return;
    }
    if (download->outcome == MP_FETCH_RETRY &&
        mp_retry_next(&job->retry, download->retry_after, &delay_ms)) {
        job->url = download->urls;
        download->outcome = MP_FETCH_OK;
        download->retry_after = 0;
        attempt(job, delay_ms);
        return;
    }
    end(job);
}

/* ---- one attempt ---------------------------------------------------------------------------- */

static void fail_here(Job *job, const MpError *error)
{
    job->download->outcome = MP_FETCH_BROKEN;
    job->download->error = *error;
    end(job);
}

/* All bytes are there. False: they are others than they should be, and forgotten. */
static bool settle(Job *job, MpError *error)
{
    bool is_good = mp_partial_finish(&job->partial, job->download->path, error);
    if (!is_good && error->status == MP_FORMAT) {
        mp_partial_discard(&job->partial);
        count(job, 0);
        return false;
    }
    mp_partial_close(&job->partial);
    job->download->outcome = is_good ? MP_FETCH_OK : MP_FETCH_BROKEN;
    job->download->error = is_good ? (MpError){.status = MP_OK} : *error;
    end(job);
    return true;
}

static void note_answer(Job *job, const MpFetchResult *result)
{
    job->counted += result->length;
    if (result->length == 0)
        return;
    count(job, result->offset + result->length);
    mp_partial_set_etag(&job->partial, result->etag);
}

/* The server cannot give the part, or gives it of something else than what was there before. */
static bool is_about_the_part(const MpFetchResult *result)
{
    return result->outcome == MP_FETCH_OK || (result->outcome == MP_FETCH_REFUSED &&
                                              (result->status == 206 || result->status == 416));
}

static void on_done(void *user, const MpFetchResult *result)
{
    Job *job = user;
    MpDownload *download = job->download;
    MpError error = result->error;
    bool from_part = job->partial.have > 0;
    note_answer(job, result);
    if (result->outcome == MP_FETCH_OK && settle(job, &error))
        return;
    if (from_part && is_about_the_part(result)) {
        mp_partial_discard(&job->partial);
        mp_partial_close(&job->partial);
        attempt(job, 0);
        return;
    }
    mp_partial_close(&job->partial);
    if (result->retry_after > download->retry_after)
        download->retry_after = result->retry_after;
    note_failure(download, result->outcome ? result->outcome : MP_FETCH_REFUSED, &error);
    if (is_final(result->outcome))
        end(job);
    else
        go_on(job);
}

static bool request(Job *job, unsigned delay_ms, MpError *error)
{
    const MpDownloadRules *rules = job->set->rules;
    MpPartial *partial = &job->partial;
    return mp_fetch_add(job->set->fetcher,
                        &(MpFetchRequest){.url = *job->url,
                                          .limit = job->download->length,
                                          .whole = job->download->length,
                                          .offset = partial->have,
                                          .etag = partial->have ? partial->etag : NULL,
                                          .file = partial->file,
                                          .pace = rules->pace,
                                          .delay_ms = delay_ms,
                                          .received = rules->received,
                                          .done = on_done,
                                          .user = job},
                        error);
}

static void attempt(Job *job, unsigned delay_ms)
{
    MpError error;
    MpDownload *download = job->download;
    if (!mp_partial_open(&job->partial, job->set->rules->partial, *job->url, download->length,
                         &download->sha256, &error)) {
        fail_here(job, &error);
        return;
    }
    count(job, job->partial.have);
    if (job->partial.have == download->length && settle(job, &error))
        return;
    if (!request(job, delay_ms, &error)) {
        mp_partial_close(&job->partial);
        fail_here(job, &error);
    }
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void start(Set *set, MpDownload *download)
{
    Job *job = calloc(1, sizeof *job);
    download->outcome = MP_FETCH_OK;
    download->retry_after = 0;
    if (!job) {
        download->outcome = MP_FETCH_BROKEN;
        mp_error_set(&download->error, MP_MEMORY, "no memory to fetch '%.256s'", *download->urls);
        return;
    }
    *job =
        (Job){.set = set, .download = download, .retry = set->rules->retry, .url = download->urls};
    set->running++;
    attempt(job, 0);
}

/* Files that need no server end at once, and would start each other from ever deeper. */
static void start_more(Set *set)
{
    unsigned at_once = set->rules->at_once ? set->rules->at_once : AT_ONCE;
    if (set->is_starting)
        return;
    set->is_starting = true;
    while (set->running < at_once && set->next < set->end)
        start(set, set->next++);
    set->is_starting = false;
}

bool mp_download(MpFetcher *fetcher, MpDownload *downloads, size_t count_of,
                 const MpDownloadRules *rules)
{
    Set set = {.fetcher = fetcher, .rules = rules, .next = downloads, .end = downloads + count_of};
    start_more(&set);
    mp_fetch_run(fetcher);
    bool all = true;
    for (size_t i = 0; i < count_of; i++)
        all = all && downloads[i].outcome == MP_FETCH_OK;
    return all;
}
