#include "update/fetch/head.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    VALUE_SIZE = MP_FETCH_ETAG_SIZE
}; /* of the values that are looked at; longer ones are none */

static void read_etag(MpHead *head, const char *value) { strcpy(head->etag, value); }

static void read_date(char date[MP_FETCH_DATE_SIZE], const char *value)
{
    if (strlen(value) < MP_FETCH_DATE_SIZE)
        strcpy(date, value);
}

static void read_modified(MpHead *head, const char *value) { read_date(head->modified, value); }

static void read_sent(MpHead *head, const char *value) { read_date(head->date, value); }

static void read_encoding(MpHead *head, const char *value)
{
    if (strcasecmp(value, "identity") != 0)
        head->is_encoded = true;
}

/* curl puts chunks together; it would also unpack what is packed. */
static void read_transfer_encoding(MpHead *head, const char *value)
{
    if (strcasecmp(value, "chunked") != 0)
        head->is_encoded = true;
}

/* A number, and `end` behind it; false where there is none or it is too large. */
static bool read_number(const char **at, char end, uint64_t *number)
{
    char *behind;
    if (!isdigit((unsigned char)**at))
        return false;
    unsigned long long value = strtoull(*at, &behind, 10);
    if (*behind != end || value > INT64_MAX)
        return false;
    *at = behind + (end != '\0');
    *number = value;
    return true;
}

/* "bytes 5-9/10", or with "*" in place of the 10. */
static void read_range(MpHead *head, const char *value)
{
    static const char unit[] = "bytes ";
    uint64_t last;
    if (strncasecmp(value, unit, sizeof unit - 1) != 0)
        return;
    value += sizeof unit - 1;
    head->range_whole = 0;
    head->has_range = read_number(&value, '-', &head->range_start) &&
                      read_number(&value, '/', &last) &&
                      (strcmp(value, "*") == 0 || read_number(&value, '\0', &head->range_whole));
}

static const struct {
    const char *name;
    void (*read)(MpHead *head, const char *value);
} readers[] = {
    {"ETag:", read_etag},
    {"Last-Modified:", read_modified},
    {"Date:", read_sent},
    {"Content-Encoding:", read_encoding},
    {"Transfer-Encoding:", read_transfer_encoding},
    {"Content-Range:", read_range},
};

/* The value without spaces around it; false if it is too long or has control bytes. */
static bool copy_value(char *value, const char *from, size_t length)
{
    while (length && isspace((unsigned char)*from))
        from++, length--;
    while (length && isspace((unsigned char)from[length - 1]))
        length--;
    if (length >= VALUE_SIZE)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!isprint((unsigned char)from[i]))
            return false;
    }
    memcpy(value, from, length);
    value[length] = '\0';
    return true;
}

bool mp_head_read(MpHead *head, const char *line, size_t length)
{
    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0)
        *head = (MpHead){.size = head->size};
    head->size += length;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        char value[VALUE_SIZE];
        size_t name = strlen(readers[i].name);
        if (length >= name && strncasecmp(line, readers[i].name, name) == 0 &&
            copy_value(value, line + name, length - name))
            readers[i].read(head, value);
    }
    return head->size <= MP_FETCH_HEADER_LIMIT;
}

/* Dates are of whole seconds, and so are the tags that many servers make of them. */
bool mp_head_is_settled(const MpHead *head)
{
    if (!*head->modified)
        return true;
    time_t modified = curl_getdate(head->modified, NULL), sent = curl_getdate(head->date, NULL);
    return modified != -1 && sent != -1 && modified < sent;
}
