/* What is no metadata is refused as such, whoever signed it. */
#include "update/tuf/canonical.h"
#include "update/tuf/date.h"
#include "update/tuf/metadata.h"
#include "update/tuf/pattern.h"
#include "update/tuf/quote.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char good[] =
    "{\"signatures\": [{\"keyid\": \"a\", \"sig\": \"\"}], \"signed\": {\"_type\": \"timestamp\", "
    "\"spec_version\": \"1.0.31\", \"version\": 1, \"expires\": \"2030-01-31T00:00:00Z\", "
    "\"meta\": "
    "{\"snapshot.json\": {\"version\": 1}}}}";

/* `text` with the first `from` replaced; for free(). */
static char *with(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    cr_assert(at, "%s", from);
    char *changed = malloc(strlen(text) + strlen(to) + 1);
    sprintf(changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return changed;
}

static bool is_read(MpTufKind kind, const char *text, size_t size, MpError *error)
{
    MpTufMetadata *metadata = mp_tuf_metadata_parse(kind, "this one", text, size, error);
    mp_tuf_metadata_destroy(metadata);
    return metadata != NULL;
}

static void expect_refused(MpTufKind kind, const char *text, const char *reason)
{
    MpError error = {0};
    cr_expect(!is_read(kind, text, strlen(text), &error), "%s", text);
    cr_expect(strstr(error.message, "metadata of this one is refused"), "%s", error.message);
    cr_expect(strstr(error.message, reason), "%s: %s", text, error.message);
    for (const char *c = error.message; *c; c++)
        cr_expect(!iscntrl((unsigned char)*c), "%s", error.message);
}

Test(tuf_metadata, what_it_says)
{
    MpTufMetadata *metadata =
        mp_tuf_metadata_parse(MP_TUF_TIMESTAMP, "timestamp", good, strlen(good), NULL);
    cr_assert(metadata);
    cr_expect_eq(metadata->version, 1);
    cr_expect_eq(metadata->expires, 1896048000);
    cr_expect(mp_tuf_metadata_file(metadata, "snapshot"));
    cr_expect(!mp_tuf_metadata_file(metadata, "targets"));
    mp_tuf_metadata_destroy(metadata);
}

Test(tuf_metadata, strict_json)
{
    static const char *const cases[][3] = {
        {"\"version\": 1,", "\"version\": 1, \"version\": 1,", "duplicate"},
        {"\"version\": 1,", "\"version\": 1.0,", "integers"},
        {"\"version\": 1,", "\"version\": 1, \"x\": [0.5],", "integers"},
        {"\"version\": 1,", "\"version\": 1e3,", "integers"},
        {"\"version\": 1,", "\"version\": 99999999999999999999,", "too big"},
        {"\"version\": 1,", "\"version\": 1, \"x\": \"\\u0000\",", "\\u0000"},
        {"\"version\": 1,", "\"version\": 1, \"x\\u0000\": 1,", "NUL"},
        {"\"version\": 1,", "\"version\": 1, \"x\": \"\xff\",", "0xff"},
        {"\"version\": 1,", "\"version\": 1, \"x\": \"\\ud800\",", "Unicode"},
        {"\"version\": 1,", "\"version\": 01,", "line 1"},
        {"\"version\": 1,", "\"version\": NaN,", "line 1"},
        {"\"sig\": \"\"", "\"sig\": \"\", \"x\": 0.5", "integers"},
        {"}}}}", "}}}} {}", "end of file"},
        {"\"version\": 1,", "\"version\": \x1b[31m\n,", "line 1"},
        {"}}}}", "}}}", "line 1"},
        {"{\"signatures\"", "\xef\xbb\xbf{\"signatures\"", "line 1"},
        {"{\"signatures\"", "/**/{\"signatures\"", "line 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = with(good, cases[i][0], cases[i][1]);
        expect_refused(MP_TUF_TIMESTAMP, text, cases[i][2]);
        free(text);
    }
    static const char *const whole[] = {"", " ", "{}", "[]", "null", "1", "\"\""};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        expect_refused(MP_TUF_TIMESTAMP, whole[i], "");
    cr_expect(!is_read(MP_TUF_TIMESTAMP, good, sizeof good, NULL), "with a zero byte behind it");
}

Test(tuf_metadata, deep_nesting)
{
    static const int depths[] = {MP_TUF_DEPTH_LIMIT - 2, MP_TUF_DEPTH_LIMIT - 1, 5000, 1000000};
    for (size_t i = 0; i < 4; i++) {
        int depth = depths[i];
        MpError error = {0};
        char *nested = calloc(1, (size_t)depth * 2 + 64);
        strcpy(nested, "\"version\": 1, \"x\": ");
        char *end = nested + strlen(nested);
        memset(end, '[', (size_t)depth);
        memset(end + depth, ']', (size_t)depth);
        end[2 * depth] = ',';
        char *text = with(good, "\"version\": 1,", nested);
        cr_expect_eq(is_read(MP_TUF_TIMESTAMP, text, strlen(text), &error), i == 0, "%d: %s", depth,
                     error.message);
        free(text);
        free(nested);
    }
}

Test(tuf_metadata, what_all_have)
{
    static const char *const cases[][3] = {
        {"\"timestamp\"", "\"snapshot\"", "_type"},
        {"\"timestamp\"", "1", "_type"},
        {"\"1.0.31\"", "\"2.0\"", "spec_version"},
        {"\"1.0.31\"", "\"10.0\"", "spec_version"},
        {"\"version\": 1,", "\"version\": 0,", "version"},
        {"\"version\": 1,", "\"version\": -1,", "version"},
        {"\"version\": 1,", "\"version\": \"1\",", "version"},
        {"\"version\": 1,", "", "version"},
        {"2030-01-31T00:00:00Z", "2030-01-31", "expires"},
        {"2030-01-31T00:00:00Z", "2030-01-31T00:00:00+00:00", "expires"},
        {"[{\"keyid\": \"a\", \"sig\": \"\"}]", "{}", "signatures"},
        {"[{\"keyid\": \"a\", \"sig\": \"\"}]", "[1]", "signatures"},
        {"\"sig\": \"\"", "\"sig\": 1", "signatures"},
        {"{\"keyid\": \"a\", \"sig\": \"\"}",
         "{\"keyid\": \"a\", \"sig\": \"\"}, {\"keyid\": \"a\", \"sig\": \"00\"}", "different"},
        {"\"signed\"", "\"signed \"", "signed"},
        {"snapshot.json", "snapshot", "snapshot.json"},
        {"{\"version\": 1}", "{\"version\": 0}", "snapshot.json"},
        {"{\"version\": 1}", "{\"version\": 1, \"length\": -1}", "snapshot.json"},
        {"{\"version\": 1}", "{\"version\": 1, \"hashes\": {}}", "snapshot.json"},
        {"{\"version\": 1}", "{\"version\": 1, \"hashes\": {\"sha256\": \"xyz\"}}", "sha256"},
        {"{\"version\": 1}", "{\"version\": 1, \"hashes\": {\"sha\\n256\": 1}}", "unprintable"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = with(good, cases[i][0], cases[i][1]);
        expect_refused(MP_TUF_TIMESTAMP, text, cases[i][2]);
        free(text);
    }
}

static const char root[] =
    "{\"signatures\": [], \"signed\": {\"_type\": \"root\", \"spec_version\": \"1.0\", "
    "\"version\": "
    "1, \"expires\": \"2030-01-31T00:00:00Z\", \"consistent_snapshot\": true, \"keys\": {\"k\": "
    "{\"keytype\": \"x\", \"scheme\": \"y\", \"keyval\": {}}}, \"roles\": {\"root\": {\"keyids\": "
    "[\"k\"], \"threshold\": 1}, \"timestamp\": {\"keyids\": [], \"threshold\": 1}, \"snapshot\": "
    "{\"keyids\": [], \"threshold\": 1}, \"targets\": {\"keyids\": [], \"threshold\": 1}}}}";

static const char targets[] =
    "{\"signatures\": [], \"signed\": {\"_type\": \"targets\", \"spec_version\": \"1.0\", "
    "\"version\": 1, \"expires\": \"2030-01-31T00:00:00Z\", \"targets\": {\"file\": {\"length\": "
    "1, "
    "\"hashes\": {\"sha256\": \"ab\"}}}, \"delegations\": {\"keys\": {}, \"roles\": [{\"name\": "
    "\"A\", \"keyids\": [], \"threshold\": 1, \"terminating\": false, \"paths\": [\"*\"]}]}}}";

Test(tuf_metadata, what_single_kinds_have)
{
    static const struct {
        MpTufKind kind;
        const char *text, *from, *to, *reason;
    } cases[] = {
        {MP_TUF_ROOT, root, "\"keytype\": \"x\"", "\"keytype\": 1", "'k'"},
        {MP_TUF_ROOT, root, "\"keyval\": {}", "\"keyval\": []", "'k'"},
        {MP_TUF_ROOT, root, "[\"k\"]", "[\"k\", \"k\"]", "different"},
        {MP_TUF_ROOT, root, "[\"k\"]", "[1]", "'root'"},
        {MP_TUF_ROOT, root, "\"threshold\": 1", "\"threshold\": 0", "'root'"},
        {MP_TUF_ROOT, root, "\"snapshot\": {", "\"snap\": {", "'snapshot'"},
        {MP_TUF_ROOT, root, "true", "1", "consistent_snapshot"},
        {MP_TUF_TARGETS, targets, "\"length\": 1", "\"length\": -1", "'file'"},
        {MP_TUF_TARGETS, targets, "\"length\": 1, ", "", "'file'"},
        {MP_TUF_TARGETS, targets, "\"length\": 1", "\"length\": 1, \"custom\": 1", "custom"},
        {MP_TUF_TARGETS, targets, "\"sha256\": \"ab\"", "", "'file'"},
        {MP_TUF_TARGETS, targets, "\"name\": \"A\"", "\"name\": \"root\"", "'root'"},
        {MP_TUF_TARGETS, targets, "false", "0", "terminating"},
        {MP_TUF_TARGETS, targets, "\"paths\": [\"*\"]", "\"paths\": \"*\"", "paths"},
        {MP_TUF_TARGETS, targets, "\"paths\": [\"*\"]", "\"paths\": [1]", "paths"},
        {MP_TUF_TARGETS, targets, ", \"paths\": [\"*\"]", "", "paths"},
        {MP_TUF_TARGETS, targets, "\"paths\": [\"*\"]",
         "\"paths\": [\"*\"], \"path_hash_prefixes\": []", "either"},
        {MP_TUF_TARGETS, targets, "\"keys\": {}, ", "", "keys"},
    };
    cr_expect(is_read(MP_TUF_ROOT, root, strlen(root), NULL));
    cr_expect(is_read(MP_TUF_TARGETS, targets, strlen(targets), NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = with(cases[i].text, cases[i].from, cases[i].to);
        expect_refused(cases[i].kind, text, cases[i].reason);
        free(text);
    }
}

Test(tuf_metadata, dates)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1: it is none */
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2000-02-29T12:34:56Z", 951827696},
        {"2030-01-01T00:00:00Z", 1893456000},
        {"2100-03-01T00:00:00Z", 4107542400},
        {"9999-12-31T23:59:59Z", 253402300799},
        {"2100-02-29T00:00:00Z", -1},
        {"1969-12-31T23:59:59Z", -1},
        {"2030-13-01T00:00:00Z", -1},
        {"2030-00-01T00:00:00Z", -1},
        {"2030-04-31T00:00:00Z", -1},
        {"2030-04-00T00:00:00Z", -1},
        {"2030-01-01T24:00:00Z", -1},
        {"2030-01-01T00:60:00Z", -1},
        {"2030-01-01T00:00:60Z", -1},
        {"2030-01-01T00:00:00z", -1},
        {"2030-01-01 00:00:00Z", -1},
        {"2030-01-01T00:00:00Z ", -1},
        {"+030-01-01T00:00:00Z", -1},
        {"2030-01-01T00:00:00", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -1;
        cr_expect_eq(mp_tuf_date_parse(cases[i].text, &seconds), cases[i].seconds >= 0, "%s",
                     cases[i].text);
        cr_expect_eq(seconds, cases[i].seconds, "%s", cases[i].text);
    }
}

Test(tuf_metadata, patterns)
{
    static const struct {
        const char *pattern, *path;
        bool fits;
    } cases[] = {
        {"*", "a", true},
        {"*", "", true},
        {"", "", true},
        {"", "a", false},
        {"*", "a/b", false},
        {"*/*", "a/b", true},
        {"a", "ab", false},
        {"ab", "a", false},
        {"?", "a", true},
        {"?", "/", false},
        {"?", "", false},
        {"a?c", "abc", true},
        {"*.tgz", "a.b.tgz", true},
        {"*.tgz", "a.tgz.b", false},
        {"a/*.tgz", "a/b/c.tgz", false},
        {"a*b*c", "aXbbYcc", true},
        {"a*b*c", "aXcYb", false},
        {"*a/b", "aa/b", true},
        {"*a/b", "aa/a/b", false},
        {"*/x", "/x", true},
        {"[a-c]x", "bx", true},
        {"[a-c]x", "dx", false},
        {"[!a-c]x", "dx", true},
        {"[!a-c]x", "/x", false},
        {"[]]x", "]x", true},
        {"[a-]x", "-x", true},
        {"[x", "[x", true},
        {"*[0-9]", "v12", true},
        {"\\*", "\\a", true},
        {"A", "a", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(mp_tuf_pattern_fits(cases[i].pattern, cases[i].path), cases[i].fits, "%s %s",
                     cases[i].pattern, cases[i].path);
}

/* Matchers that try all ways for each star take until the end of the world. */
Test(tuf_metadata, hostile_patterns_take_no_time, .timeout = 20)
{
    static char pattern[20001], path[10001];
    for (int i = 0; i < 10000; i++) {
        memcpy(pattern + 2 * i, "*a", 2);
        path[i] = 'a';
    }
    pattern[19999] = 'b';
    cr_expect(!mp_tuf_pattern_fits(pattern, path));
}

Test(tuf_metadata, quoted_names)
{
    static const char *const cases[][3] = {
        {"a-Z_0.9~", "", "a-Z_0.9~"}, {"../a b", "", "..%2Fa%20b"},
        {"../a b", "/", "../a%20b"},  {"\u00e9?#%", "", "%C3%A9%3F%23%25"},
        {"\x01\xff", "", "%01%FF"},   {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *quoted = mp_tuf_quote(cases[i][0], cases[i][1]);
        cr_expect_str_eq(quoted, cases[i][2]);
        free(quoted);
    }
}
