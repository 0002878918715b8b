/*
 * moonpatch-tuf-client - a client of The Update Framework for any repository: what the suite
 * tuf-conformance runs, and what shows a publisher what the world sees of a channel.
 *
 * It is called as that suite calls clients; see `usage`.
 */
#include "file/file.h"
#include "file/path.h"
#include "update/fetch/fetch.h"
#include "update/fetch/tuf_source.h"
#include "update/tuf/client.h"
#include "update/tuf/quote.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TARGET_NAMES = 256 };

typedef struct Call {
    const char *metadata_dir, *metadata_url, *target_dir, *target_base_url;
    const char *target_names[TARGET_NAMES];
    int target_count;
} Call;

static const char usage[] =
    "usage: moonpatch-tuf-client --metadata-dir D init ROOT\n"
    "       moonpatch-tuf-client --metadata-dir D --metadata-url U refresh\n"
    "       moonpatch-tuf-client --metadata-dir D --metadata-url U --target-name N ...\n"
    "                            --target-base-url T --target-dir X download\n"
    "\n"
    "  init      begins to trust a repository by its root metadata, from a file\n"
    "  refresh   gets what is new of its metadata, and keeps what is verified in D\n"
    "  download  does so, and gets targets, verified, into files of X that are named after them\n"
    "\n"
    "Exits with 0, or with 1 if anything failed.\n";

static bool complain(const char *message)
{
    fprintf(stderr, "moonpatch-tuf-client: %s\n", message);
    return false;
}

/* ---- init ----------------------------------------------------------------------------------- */

static bool init(const Call *call, const char *root)
{
    MpError error;
    MpTufOptions options = {.folder = call->metadata_dir};
    char *bytes = mp_file_read(root, MP_TUF_ROOT_LIMIT, &options.root_size, &error);
    options.root = bytes;
    MpTufClient *client = bytes ? mp_tuf_client_create(&options, &error) : NULL;
    mp_tuf_client_destroy(client);
    free(bytes);
    return client || complain(error.message);
}

/* ---- download ------------------------------------------------------------------------------- */

/* BASE/REST, for free(). */
static char *join_url(const char *base, const char *rest)
{
    size_t length = strlen(base);
    while (length && base[length - 1] == '/')
        length--;
    size_t room = length + strlen(rest) + 2;
    char *url = malloc(room);
    if (url)
        snprintf(url, room, "%.*s/%s", (int)length, base, rest);
    return url;
}

/* Into a file beside `path`, which gets its name when it is whole and right. */
static bool fetch_to(MpFetcher *fetcher, const char *url, const MpTufTarget *target,
                     const char *path, const char *beside, MpError *error)
{
    MpFetchResult result;
    uint64_t length = (uint64_t)target->length;
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) {
        mp_error_set(error, MP_IO, "cannot write '%s': %s", beside, strerror(errno));
        return false;
    }
    mp_fetch_get(fetcher,
                 &(MpFetchRequest){.url = url, .limit = length, .whole = length, .file = file},
                 &result);
    if (result.outcome == MP_FETCH_OK && fsync(file) != 0)
        mp_error_set(&result.error, MP_IO, "cannot write '%s': %s", beside, strerror(errno));
    close(file);
    *error = result.error;
    bool ok = result.error.status == MP_OK && mp_tuf_target_fits(target, beside, error) &&
              mp_file_rename(beside, path, error);
    if (!ok)
        unlink(beside);
    return ok;
}

static bool fetch(MpFetcher *fetcher, const char *base, char *below, const MpTufTarget *target,
                  const char *path, MpError *error)
{
    char *url = below ? join_url(base, below) : NULL;
    char *beside = path ? malloc(strlen(path) + 2) : NULL;
    bool ok = url && beside;
    if (!ok)
        mp_error_set(error, MP_MEMORY, "no memory to download '%s'", target->path);
    if (ok) {
        snprintf(beside, strlen(path) + 2, "%s~", path);
        ok = fetch_to(fetcher, url, target, path, beside, error);
    }
    free(beside);
    free(url);
    free(below);
    return ok;
}

/* The file for a target: all in one folder, by quoted paths. For free(). */
static char *path_for(const char *folder, const MpTufTarget *target)
{
    char *name = mp_tuf_quote(target->path, "");
    char *path = name ? mp_path_join(folder, name) : NULL;
    free(name);
    return path;
}

static bool get_target(const Call *call, MpTufClient *client, MpFetcher *fetcher, const char *name)
{
    MpError error;
    MpTufTarget target;
    if (!mp_tuf_client_find(client, name, &target, &error))
        return complain(error.message);
    char *path = path_for(call->target_dir, &target);
    bool ok = (path && mp_tuf_target_fits(&target, path, NULL)) ||
              fetch(fetcher, call->target_base_url, mp_tuf_client_url_of(client, &target), &target,
                    path, &error) ||
              complain(error.message);
    free(path);
    mp_tuf_target_finish(&target);
    return ok;
}

static bool get_targets(const Call *call, MpTufClient *client, MpFetcher *fetcher)
{
    bool ok = true;
    for (int i = 0; i < call->target_count; i++)
        ok = get_target(call, client, fetcher, call->target_names[i]) && ok;
    return ok;
}

/* ---- refresh -------------------------------------------------------------------------------- */

/* And then, if there are any, the targets. */
static bool refresh(const Call *call)
{
    MpError error;
    MpHttpSource http;
    MpFetcher *fetcher = mp_fetcher_create(&error);
    if (!fetcher)
        return complain(error.message);
    mp_http_source_init(&http, fetcher, call->metadata_url);
    MpTufOptions options = {.folder = call->metadata_dir, .source = http.source};
    MpTufClient *client = mp_tuf_client_create(&options, &error);
    bool ok = (client && mp_tuf_client_refresh(client, &error)) || complain(error.message);
    ok = ok && get_targets(call, client, fetcher);
    mp_tuf_client_destroy(client);
    mp_fetcher_destroy(fetcher);
    return ok;
}

/* ---- the command line ----------------------------------------------------------------------- */

static bool take_name(Call *call, const char *name)
{
    if (call->target_count == TARGET_NAMES)
        return complain("there are too many target names");
    call->target_names[call->target_count++] = name;
    return true;
}

static bool read_options(Call *call, int argc, char **argv)
{
    static const struct option known[] = {
        {"metadata-dir", required_argument, NULL, 'd'},
        {"metadata-url", required_argument, NULL, 'u'},
        {"target-name", required_argument, NULL, 'n'},
        {"target-base-url", required_argument, NULL, 'b'},
        {"target-dir", required_argument, NULL, 't'},
        {0},
    };
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == '?') /* getopt_long has said what is wrong */
            return false;
        if (option == 'n' && !take_name(call, optarg))
            return false;
        const char **place = option == 'd'   ? &call->metadata_dir
                             : option == 'u' ? &call->metadata_url
                             : option == 'b' ? &call->target_base_url
                             : option == 't' ? &call->target_dir
                                             : NULL;
        if (place)
            *place = optarg;
    }
    return true;
}

static bool run(const Call *call, char **words, int count)
{
    const char *command = count ? words[0] : "";
    if (strcmp(command, "init") == 0 && count == 2 && call->metadata_dir)
        return init(call, words[1]);
    bool has_metadata = count == 1 && call->metadata_dir && call->metadata_url;
    if (strcmp(command, "refresh") == 0 && has_metadata && call->target_count == 0)
        return refresh(call);
    if (strcmp(command, "download") == 0 && has_metadata && call->target_count &&
        call->target_base_url && call->target_dir)
        return refresh(call);
    fputs(usage, stderr);
    return false;
}

int main(int argc, char **argv)
{
    Call call = {0};
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return fputs(usage, stdout) < 0;
    return read_options(&call, argc, argv) && run(&call, argv + optind, argc - optind) ? 0 : 1;
}
