#include "update/channel/order.h"

#include "file/path.h"

#include <stdlib.h>
#include <string.h>

static bool no_memory(MpError *error)
{
    mp_error_set(error, MP_MEMORY, "no memory for a download");
    return false;
}

bool mp_order_open(MpOrder *order, size_t room, MpError *error)
{
    *order = (MpOrder){
        .downloads = calloc(room + 1, sizeof *order->downloads),
        .urls = calloc(room + 1, sizeof *order->urls),
        .texts = calloc(2 * room + 2, sizeof *order->texts),
        .room = room,
    };
    return (order->downloads && order->urls && order->texts) || no_memory(error);
}

void mp_order_close(MpOrder *order)
{
    for (size_t i = 0; order->texts && i < 2 * order->room; i++)
        free(order->texts[i]);
    free(order->downloads);
    free(order->urls);
    free(order->texts);
}

static bool take_hash(const MpTufTarget *target, MpHash *hash, MpError *error)
{
    const char *text = json_string_value(json_object_get(target->hashes, "sha256"));
    if (text && mp_hash_parse(text, hash))
        return true;
    mp_error_set(error, MP_FORMAT, "'%.100s' is published without its SHA-256", target->path);
    return false;
}

static char *full_url(const MpRound *round, MpTufClient *tuf, const MpTufTarget *target)
{
    char *below = mp_tuf_client_url_of(tuf, target);
    char *base = below ? mp_path_join(round->url, "targets") : NULL;
    char *url = base ? mp_path_join(base, below) : NULL;
    free(below);
    free(base);
    return url;
}

bool mp_order_add(MpOrder *order, const MpRound *round, MpTufClient *tuf, const MpTufTarget *target,
                  const char *path, MpError *error)
{
    size_t at = order->count;
    MpDownload *download = &order->downloads[at];
    if (!take_hash(target, &download->sha256, error))
        return false;
    char **texts = &order->texts[2 * at];
    texts[0] = full_url(round, tuf, target);
    texts[1] = strdup(path);
    if (!texts[0] || !texts[1])
        return no_memory(error);
    order->urls[at][0] = texts[0];
    download->urls = order->urls[at];
    download->path = texts[1];
    download->length = (uint64_t)target->length;
    order->total += download->length;
    order->count++;
    return true;
}

bool mp_order_carry_out(MpOrder *order, MpRound *round, MpError *error)
{
    char *partial = mp_path_join(round->slots->folder, "partial");
    if (!partial)
        return no_memory(error);
    atomic_store(&round->progress->received, 0);
    atomic_store(&round->progress->total, order->total);
    MpDownloadRules rules = {.partial = partial, .received = &round->progress->received};
    bool ok = mp_download(round->fetcher, order->downloads, order->count, &rules);
    const MpDownload *failed = NULL;
    for (size_t i = 0; i < order->count; i++) {
        const MpDownload *download = &order->downloads[i];
        if (!failed && download->outcome != MP_FETCH_OK)
            failed = download;
        round->is_local = round->is_local || download->outcome == MP_FETCH_REFUSED;
        if (download->outcome != MP_FETCH_OK && download->retry_after > round->retry_after)
            round->retry_after = download->retry_after;
    }
    if (!ok)
        mp_error_set(error, failed ? failed->error.status : MP_IO, "%s",
                     failed ? failed->error.message : "a download failed");
    free(partial);
    return ok;
}
