/*
 * update/fetch/download.h - files of known length and hash, from one of several servers.
 *
 * A download that ends early goes on next time where it ended, in this run or in another, if URL,
 * length and hash are still the same. Whatever a server sends, a file comes to its place only when
 * it is whole and right, on the disk, by a rename.
 *
 *     const char *urls[] = {"https://a.example/targets/x", "https://b.example/targets/x", NULL};
 *     MpDownload download = {.urls = urls, .length = 5, .sha256 = hash, .path = "objects/x"};
 *     if (!mp_download(fetcher, &download, 1, &(MpDownloadRules){.partial = "partial"}))
 *         mp_log_warning("%s", download.error.message);
 *
 * Glossary
 *   round     one attempt at each mirror, in their order
 */
#ifndef MP_UPDATE_DOWNLOAD_H
#define MP_UPDATE_DOWNLOAD_H

#include "patches/hash.h"
#include "update/fetch/fetch.h"
#include "update/fetch/retry.h"

typedef struct MpDownload {
    const char *const *urls; /**< Mirrors, the best first, NULL behind the last. */
    uint64_t length;
    MpHash sha256;    /**< No two downloads at a time of the same. */
    const char *path; /**< On the file system of `partial`, in a folder that exists. */

    /* What became of it: */
    MpFetchOutcome outcome;
    unsigned retry_after; /**< MP_FETCH_RETRY: seconds the server wants to be left alone, or 0. */
    MpError error;
} MpDownload;

typedef struct MpDownloadRules {
    const char *partial;     /**< The folder for what is under way; it exists. */
    unsigned at_once;        /**< So many at a time; 0: 4. */
    MpFetchPace pace;        /**< Of each attempt. */
    MpRetry retry;           /**< Of each file: rounds after the first. */
    atomic_ullong *received; /**< Of all files: the bytes there are. Any thread reads. Or NULL. */
} MpDownloadRules;

/**
 * Downloads all of them; the texts are borrowed meanwhile. A mirror that fails is passed over for
 * the next one; further rounds, after pauses, only if one of them said to come back later.
 * Errors: false when one or more failed; each has its outcome.
 * Thread: the fetcher's; returns early as cancelled after mp_fetcher_cancel().
 */
bool mp_download(MpFetcher *fetcher, MpDownload *downloads, size_t count,
                 const MpDownloadRules *rules);

#endif
