#include "channel/mirror.h"

#include "file/file.h"
#include "file/path.h"
#include "update/fetch/tuf_source.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct MpMirror {
    char *metadata, *targets; /* paths or URLs */
    MpFetcher *fetcher;       /* NULL: a folder */
    MpHttpSource http;
};

/* ---- a folder ------------------------------------------------------------------------------- */

/* Names that others chose in part: none leads out of the folder. */
static MpTufAnswer read_metadata(void *context, const char *name, size_t limit,
                                 unsigned char **bytes, size_t *length, MpError *error)
{
    const MpMirror *mirror = context;
    MpError problem;
    if (strchr(name, '/'))
        return MP_TUF_HAS_NOT;
    char *path = mp_path_join(mirror->metadata, name);
    *bytes = path ? (unsigned char *)mp_file_read(path, limit, length, &problem) : NULL;
    free(path);
    if (*bytes)
        return MP_TUF_HAS;
    if (path && problem.status == MP_NOT_FOUND)
        return MP_TUF_HAS_NOT;
    mp_error_set(error, MP_IO, "%s", path ? problem.message : "no memory to read metadata");
    return MP_TUF_FAILED;
}

/* ---- both ----------------------------------------------------------------------------------- */

static bool is_url(const char *place)
{
    return strncmp(place, "http://", 7) == 0 || strncmp(place, "https://", 8) == 0;
}

static bool open_both(MpMirror *mirror, const char *place, MpError *error)
{
    mirror->metadata = mp_path_join(place, "metadata");
    mirror->targets = mp_path_join(place, "targets");
    if (!mirror->metadata || !mirror->targets) {
        mp_error_set(error, MP_MEMORY, "no memory for a mirror");
        return false;
    }
    if (!is_url(place))
        return true;
    mirror->fetcher = mp_fetcher_create(error);
    if (mirror->fetcher)
        mp_http_source_init(&mirror->http, mirror->fetcher, mirror->metadata);
    return mirror->fetcher;
}

MpMirror *mp_mirror_open(const char *place, MpError *error)
{
    MpMirror *mirror = calloc(1, sizeof *mirror);
    if (mirror && open_both(mirror, place, error))
        return mirror;
    if (!mirror)
        mp_error_set(error, MP_MEMORY, "no memory for a mirror");
    mp_mirror_close(mirror);
    return NULL;
}

void mp_mirror_close(MpMirror *mirror)
{
    if (!mirror)
        return;
    mp_fetcher_destroy(mirror->fetcher);
    free(mirror->metadata);
    free(mirror->targets);
    free(mirror);
}

MpTufSource mp_mirror_metadata(MpMirror *mirror)
{
    return mirror->fetcher ? mirror->http.source
                           : (MpTufSource){.context = mirror, .get = read_metadata};
}

static unsigned char *fetch(const MpMirror *mirror, const char *url, size_t limit, size_t *size,
                            MpError *error)
{
    MpFetchResult result;
    mp_fetch_get(mirror->fetcher, &(MpFetchRequest){.url = url, .limit = limit}, &result);
    if (result.outcome == MP_FETCH_OK) {
        *size = (size_t)result.length;
        return result.bytes;
    }
    *error = result.error;
    return NULL;
}

unsigned char *mp_mirror_target(MpMirror *mirror, const char *path, size_t limit, size_t *size,
                                MpError *error)
{
    char *whole = mp_path_join(mirror->targets, path);
    unsigned char *bytes = NULL;
    if (!whole)
        mp_error_set(error, MP_MEMORY, "no memory to read '%s'", path);
    else if (mirror->fetcher)
        bytes = fetch(mirror, whole, limit, size, error);
    else
        bytes = (unsigned char *)mp_file_read(whole, limit, size, error);
    free(whole);
    return bytes;
}
