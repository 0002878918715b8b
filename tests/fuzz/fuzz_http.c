/*
 * Any bytes as the answer of a web server. Whatever it says, the request ends, with no more bytes
 * than were asked for, and with a reason if there is nothing to be had.
 */
#include "fuzz.h"

#include "server.h"
#include "update/fetch/fetch.h"

#include <stdlib.h>

enum { LIMIT = 64, RUNS_OF_A_SERVER = 100 };

static MpFetcher *fetcher;
static Server *server;
static Page page;
static char url[SERVER_URL_SIZE];

/* All goes by way of the server, wherever it says that something is to be found. */
static void open_server(void)
{
    static unsigned runs;
    if (runs++ % RUNS_OF_A_SERVER != 0)
        return;
    if (server)
        server_stop(server);
    server = server_start(&page, 1);
    setenv("http_proxy", server_url(server, "", url), 1);
    server_url(server, "/x", url);
    mp_fetcher_destroy(fetcher);
    fetcher = mp_fetcher_create(NULL);
    fuzz_expect(fetcher != NULL, "no fetcher");
}

static void expect_sense(const MpFetchRequest *request, const MpFetchResult *result)
{
    bool is_good = result->outcome == MP_FETCH_OK;
    bool has_reason = result->error.status != MP_OK && result->error.message[0];
    fuzz_expect(result->offset + result->length <= LIMIT, "more than was asked for");
    fuzz_expect(result->offset == 0 || result->offset == request->offset, "another part");
    fuzz_expect(is_good == (result->bytes != NULL), "bytes without success, or the reverse");
    fuzz_expect(is_good || result->outcome == MP_FETCH_NOT_MODIFIED || has_reason,
                "a refusal without a reason");
    fuzz_expect(result->outcome != MP_FETCH_NOT_MODIFIED || request->etag,
                "nothing to compare with");
    fuzz_expect(result->retry_after <= MP_FETCH_WAIT_LIMIT, "a wait without end");
}

static void get(MpFetchRequest request)
{
    MpFetchResult result;
    request.url = url;
    request.limit = LIMIT;
    request.pace = (MpFetchPace){.window_ms = 2000, .deadline_ms = 5000};
    mp_fetch_get(fetcher, &request, &result);
    expect_sense(&request, &result);
    free(result.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_text(data, size);
    open_server();
    page = (Page){.head = "", .body = copy, .length = size, .open_head = true, .end = PAGE_CLOSES};
    get((MpFetchRequest){.etag = size % 2 ? "\"1\"" : NULL, .offset = size % 3 ? 0 : 5});
    free(copy);
    return 0;
}
