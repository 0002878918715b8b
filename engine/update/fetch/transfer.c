#include "update/fetch/transfer.h"

#include "update/fetch/outcome.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DRAINED_LIMIT = 16 << 10, /* of a body that is not wanted; more costs more than a connection */
    ROOM_AT_FIRST = 4 << 10,
};

static const MpFetchPace usual_pace = {
    .connect_ms = 10000, .window_ms = 15000, .window_bytes = 4096, .deadline_ms = 600000};

/* ---- verdicts ------------------------------------------------------------------------------- */

bool mp_transfer_judge(MpTransfer *self, MpFetchOutcome outcome, MpStatus status,
                       const char *format, ...)
{
    char reason[MP_ERROR_MESSAGE_SIZE];
    va_list arguments;
    if (self->is_judged)
        return false;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    self->is_judged = true;
    self->result.outcome = outcome;
    mp_error_set(&self->result.error, status, "cannot fetch '%.256s': %s", self->request.url,
                 reason);
    return false;
}

static bool refuse_length(MpTransfer *self, uint64_t length, uint64_t allowed)
{
    return mp_transfer_judge(self, MP_FETCH_REFUSED, MP_LIMIT,
                             "the server has %llu bytes, %llu are expected%s; upload it again, or "
                             "correct the URL",
                             (unsigned long long)length, (unsigned long long)allowed,
                             self->request.whole ? "" : " at most");
}

/* The scheme for curl's lists of protocols; NULL if it is none that is fetched. */
static const char *scheme_of(const char *url)
{
    static const char *const schemes[] = {"http", "https"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t length = strlen(schemes[i]);
        if (strncmp(url, schemes[i], length) == 0 && strncmp(url + length, "://", 3) == 0)
            return schemes[i];
    }
    return NULL;
}

/* The names that curl looks at, in its order: HTTP_PROXY is none of them. */
static const char *proxy_for(const char *scheme)
{
    static const char *const names[][5] = {
        {"http_proxy", "all_proxy", "ALL_PROXY"},
        {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}};
    for (const char *const *name = names[strcmp(scheme, "https") == 0]; *name; name++) {
        const char *value = getenv(*name);
        if (value)
            return value;
    }
    return "";
}

bool mp_transfer_check(MpTransfer *self)
{
    const char *scheme = scheme_of(self->request.url);
    if (!scheme)
        return mp_transfer_judge(self, MP_FETCH_REFUSED, MP_REFUSED,
                                 "only http:// and https:// are fetched");
    const char *proxy = proxy_for(scheme);
    if (strstr(proxy, "://") && !scheme_of(proxy))
        return mp_transfer_judge(self, MP_FETCH_REFUSED, MP_REFUSED,
                                 "the environment has the proxy '%.100s'; only http:// and "
                                 "https:// proxies are used",
                                 proxy);
    return true;
}

/* ---- the sink ---------------------------------------------------------------------------------
 */

static bool make_room(MpTransfer *self, size_t length)
{
    if (length <= self->room)
        return true;
    size_t room = self->room ? self->room : ROOM_AT_FIRST;
    while (room < length)
        room *= 2;
    unsigned char *bytes = realloc(self->result.bytes, room);
    if (!bytes)
        return mp_transfer_judge(self, MP_FETCH_BROKEN, MP_MEMORY, "no memory for its %zu bytes",
                                 length);
    self->result.bytes = bytes;
    self->room = room;
    return true;
}

static int write_at(uv_file file, char *data, size_t length, uint64_t offset)
{
    while (length > 0) {
        uv_fs_t request;
        uv_buf_t buffer = uv_buf_init(data, (unsigned)length);
        uv_fs_write(NULL, &request, file, &buffer, 1, (int64_t)offset, NULL);
        int written = (int)request.result;
        uv_fs_req_cleanup(&request);
        if (written <= 0)
            return written ? written : UV_EIO;
        data += written;
        length -= (size_t)written;
        offset += (uint64_t)written;
    }
    return 0;
}

static bool keep(MpTransfer *self, char *data, size_t length)
{
    MpFetchResult *result = &self->result;
    if (self->request.file) {
        int code = write_at(self->request.file, data, length, result->offset + result->length);
        if (code < 0)
            return mp_transfer_judge(self, MP_FETCH_BROKEN, MP_IO, "cannot write it to a file: %s",
                                     uv_strerror(code));
    } else {
        if (!make_room(self, (size_t)result->length + length))
            return false;
        memcpy(result->bytes + result->length, data, length);
    }
    result->length += length;
    if (self->request.received)
        atomic_fetch_add(self->request.received, length);
    return true;
}

/* Nothing of an earlier version stays behind what comes now. */
static bool cut_file(MpTransfer *self)
{
    uv_fs_t request;
    if (!self->request.file)
        return true;
    int code =
        uv_fs_ftruncate(NULL, &request, self->request.file, (int64_t)self->result.offset, NULL);
    uv_fs_req_cleanup(&request);
    if (code < 0)
        return mp_transfer_judge(self, MP_FETCH_BROKEN, MP_IO, "cannot cut its file: %s",
                                 uv_strerror(code));
    return true;
}

/* ---- the answer ----------------------------------------------------------------------------- */

static bool check_range(MpTransfer *self)
{
    const MpHead *head = &self->head;
    uint64_t whole = self->request.whole;
    if (!self->request.offset || !head->has_range || head->range_start != self->request.offset ||
        (whole && head->range_whole && head->range_whole != whole))
        return mp_transfer_judge(self, MP_FETCH_REFUSED, MP_FORMAT,
                                 "the server sends another part than the one from byte %llu on; "
                                 "correct the server, or the cache before it",
                                 (unsigned long long)self->request.offset);
    self->result.offset = self->request.offset;
    return true;
}

static bool check_length(MpTransfer *self)
{
    curl_off_t announced = -1;
    curl_easy_getinfo(self->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (announced < 0)
        return true;
    uint64_t length = self->result.offset + (uint64_t)announced;
    if (self->request.whole && length != self->request.whole)
        return refuse_length(self, length, self->request.whole);
    if (length > self->request.limit)
        return refuse_length(self, length, self->request.limit);
    return true;
}

/* Looks at the head when the body begins, before anything is taken. */
static bool begin(MpTransfer *self)
{
    self->has_begun = true;
    if (self->result.status != 200 && self->result.status != 206) {
        self->is_drained = true;
        return true;
    }
    if (self->head.is_encoded)
        return mp_transfer_judge(
            self, MP_FETCH_REFUSED, MP_FORMAT,
            "the server packs it, which was not asked for; let it pack nothing");
    return (self->result.status == 200 || check_range(self)) && check_length(self) &&
           cut_file(self);
}

static bool take(MpTransfer *self, char *data, size_t length)
{
    if (!self->has_begun) {
        long status = 0;
        curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &status);
        self->result.status = (int)status;
        if (!begin(self))
            return false;
    }
    if (self->is_drained) {
        self->drained += length;
        return self->drained <= DRAINED_LIMIT;
    }
    uint64_t have = self->result.offset + self->result.length;
    uint64_t limit = self->request.whole ? self->request.whole : self->request.limit;
    if (have + length > limit)
        return refuse_length(self, have + length, limit);
    return keep(self, data, length);
}

static size_t on_body(char *data, size_t one, size_t length, void *user)
{
    (void)one;
    return take(user, data, length) ? length : 0;
}

static size_t on_header(char *line, size_t one, size_t length, void *user)
{
    MpTransfer *self = user;
    (void)one;
    if (mp_head_read(&self->head, line, length))
        return length;
    mp_transfer_judge(self, MP_FETCH_REFUSED, MP_LIMIT, "its headers have more than %d bytes",
                      MP_FETCH_HEADER_LIMIT);
    return 0;
}

/* Also sees the bodies of redirects, which curl drops without a word. */
static int on_progress(void *user, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now)
{
    MpTransfer *self = user;
    (void)total, (void)up_total, (void)up_now;
    if (self->has_begun || now <= DRAINED_LIMIT)
        return 0;
    mp_transfer_judge(self, MP_FETCH_REFUSED, MP_LIMIT, "a redirect has more than %d bytes",
                      DRAINED_LIMIT);
    return 1;
}

/* ---- the request ---------------------------------------------------------------------------- */

static void set_protocols(CURL *easy, const char *scheme)
{
#if CURL_AT_LEAST_VERSION(7, 85, 0)
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, scheme);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, scheme);
#else
    long protocol = strcmp(scheme, "https") == 0 ? CURLPROTO_HTTPS : CURLPROTO_HTTP;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, protocol);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, protocol);
#endif
}

static void set_rules(MpTransfer *self)
{
    CURL *easy = self->easy;
    const char *scheme = scheme_of(self->request.url);
    set_protocols(easy, scheme ? scheme : "http"); /* another one is not started at all */
    curl_easy_setopt(easy, CURLOPT_URL, self->request.url);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)MP_FETCH_REDIRECTS);
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "moonpatch/" MP_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, self->headers);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)self->request.pace.connect_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)self->request.pace.deadline_ms);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if CURL_AT_LEAST_VERSION(7, 87, 0)
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT,
                     1L); /* who cancels does not wait for a name server */
#endif
}

static void set_callbacks(MpTransfer *self)
{
    CURL *easy = self->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, self);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, self->reason);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, self);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, self);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, self);
}

/* False without memory. */
static bool add_header(MpTransfer *self, const char *name, const char *value)
{
    char line[MP_FETCH_ETAG_SIZE + 32];
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(self->headers, line);
    if (longer)
        self->headers = longer;
    return longer;
}

/* What was remembered may have been changed meanwhile: it ends no line, and begins no other one. */
static const char *usable(const char *value, size_t room)
{
    if (!value || strlen(value) >= room)
        return "";
    for (const char *c = value; *c; c++) {
        if (!isprint((unsigned char)*c))
            return "";
    }
    return value;
}

/* A weak tag says nothing about bytes, so no range may hang on it. */
static bool add_headers(MpTransfer *self)
{
    const char *etag = usable(self->request.etag, MP_FETCH_ETAG_SIZE);
    const char *modified = usable(self->request.modified, MP_FETCH_DATE_SIZE);
    bool added = add_header(self, "Accept-Encoding", "identity");
    self->is_conditional = (*etag || *modified) && !self->request.offset;
    if (!self->request.offset)
        return added && (!*etag || add_header(self, "If-None-Match", etag)) &&
               (!*modified || add_header(self, "If-Modified-Since", modified));
    char range[48];
    snprintf(range, sizeof range, "bytes=%llu-", (unsigned long long)self->request.offset);
    return added && add_header(self, "Range", range) &&
           (*etag != '"' || add_header(self, "If-Range", etag));
}

static unsigned or_else(unsigned value, unsigned usual) { return value ? value : usual; }

static bool prepare(MpTransfer *self)
{
    MpFetchPace *pace = &self->request.pace;
    pace->connect_ms = or_else(pace->connect_ms, usual_pace.connect_ms);
    pace->window_ms = or_else(pace->window_ms, usual_pace.window_ms);
    pace->window_bytes = or_else(pace->window_bytes, usual_pace.window_bytes);
    pace->deadline_ms = or_else(pace->deadline_ms, usual_pace.deadline_ms);
    self->request.url = strdup(self->request.url);
    self->easy = curl_easy_init();
    if (!self->request.url || !self->easy || !add_headers(self))
        return false;
    set_rules(self);
    set_callbacks(self);
    return true;
}

MpTransfer *mp_transfer_create(const MpFetchRequest *request)
{
    MpTransfer *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->request = *request;
    if (!prepare(self)) {
        mp_transfer_destroy(self);
        return NULL;
    }
    self->request.etag = self->request.modified =
        NULL; /* the caller's, and in the headers by now */
    return self;
}

void mp_transfer_destroy(MpTransfer *self)
{
    curl_easy_cleanup(self->easy);
    curl_slist_free_all(self->headers);
    free((char *)(uintptr_t)self->request.url);
    free(self);
}

/* ---- the end -------------------------------------------------------------------------------- */

static void judge_status(MpTransfer *self)
{
    MpFailure failure = mp_failure_of_status(self->result.status);
    char wait[64];
    snprintf(wait, sizeof wait, "try again in %u seconds", self->result.retry_after);
    bool is_told = failure.outcome == MP_FETCH_RETRY && self->result.retry_after;
    mp_transfer_judge(self, failure.outcome, failure.status, "the server answers %d; %s",
                      self->result.status, is_told ? wait : failure.advice);
}

static void judge_code(MpTransfer *self, CURLcode code)
{
    MpFailure failure = mp_failure_of_code(code);
    mp_transfer_judge(self, failure.outcome, failure.status, "%s; %s",
                      self->reason[0] ? self->reason : curl_easy_strerror(code), failure.advice);
}

static void judge_good(MpTransfer *self)
{
    if (self->result.status == 304 && self->is_conditional) {
        self->is_judged = true;
        self->result.outcome = MP_FETCH_NOT_MODIFIED;
    } else if ((self->has_begun || begin(self)) && !self->is_drained && make_room(self, 1)) {
        self->is_judged = true;
        self->result.outcome = MP_FETCH_OK;
    }
}

static void read_answer(MpTransfer *self)
{
    long status = 0;
    curl_off_t seconds = 0;
    curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(self->easy, CURLINFO_RETRY_AFTER, &seconds);
    self->result.status = (int)status;
    if (self->result.status >= 400 && seconds > 0)
        self->result.retry_after =
            (unsigned)(seconds < MP_FETCH_WAIT_LIMIT ? seconds : MP_FETCH_WAIT_LIMIT);
    strcpy(self->result.etag, self->head.etag);
    strcpy(self->result.modified, self->head.modified);
    self->result.settled = mp_head_is_settled(&self->head);
}

void mp_transfer_finish(MpTransfer *self, CURLcode code)
{
    read_answer(self);
    if (code == CURLE_OK && self->result.status < 400 && !self->is_judged)
        judge_good(self);
    else if (code != CURLE_OK && !self->is_drained)
        judge_code(self, code);
    judge_status(self);
    if (self->result.outcome != MP_FETCH_OK || self->request.file) {
        free(self->result.bytes);
        self->result.bytes = NULL;
    }
}

bool mp_transfer_turn_window(MpTransfer *self)
{
    uint64_t came = self->result.length - self->window_length;
    self->window_length = self->result.length;
    if (came >= self->request.pace.window_bytes)
        return true;
    return mp_transfer_judge(
        self, MP_FETCH_RETRY, MP_IO,
        "%llu bytes in %u ms are too slow, at least %u must come; try again later",
        (unsigned long long)came, self->request.pace.window_ms, self->request.pace.window_bytes);
}
