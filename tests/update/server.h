/*
 * server.h - a web server that says what a test wants it to say, true or not: it runs on a thread
 * of its own, on a port of the loopback that the kernel chose.
 *
 *     static const Page pages[] = {
 *         {.path = "/busy", .head = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length:
 * 0\r\n"},
 *         {.path = "/file", .body = "hello", .length = 5, .etag = "\"1\""},
 *     };
 *     Server *server = server_start(pages, 2);
 *     server_url(server, "/file", url);
 *     ...
 *     server_stop(server);
 */
#ifndef TESTS_UPDATE_SERVER_H
#define TESTS_UPDATE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

enum { SERVER_URL_SIZE = 256 };

typedef struct Server Server;

/** What happens when all of an answer was sent. */
typedef enum PageEnd {
    PAGE_KEEPS,   /**< The connection waits for the next request. */
    PAGE_CLOSES,  /**< It is closed. */
    PAGE_RESETS,  /**< It is reset. */
    PAGE_HANGS,   /**< Nothing more is said. */
    PAGE_GOES_ON, /**< The body is sent for ever. */
} PageEnd;

/**
 * The answer to a path. Several of one path are given in turn; the last one stays. Without a head,
 * the page is an honest file, which knows ranges and tags.
 */
typedef struct Page {
    const char *path; /**< NULL: any. */
    const char *head; /**< Lines with their ends, but for the empty line behind them. */
    const char *body;
    size_t length;
    const char *etag;          /**< Of an honest file. */
    size_t sent;               /**< If not 0: only so many bytes of the body are sent. */
    unsigned head_ms, body_ms; /**< If not 0: byte by byte, with such a pause before each. */
    bool open_head;            /**< No empty line is sent: the body is more of the head. */
    PageEnd end;
} Page;

/** `pages` are borrowed. Aborts when there is no server to be had. */
Server *server_start(const Page *pages, size_t count);

/** Closes all connections. */
void server_stop(Server *server);

/** The URL of a path; returns `url`. */
const char *server_url(const Server *server, const char *path, char url[static SERVER_URL_SIZE]);

/** How many requests there were. Thread: any. */
size_t server_count(Server *server);

/** The index-th request with its headers, for free(); NULL: there were not so many. */
char *server_request(Server *server, size_t index);

/** How many connections were accepted. */
size_t server_connections(Server *server);

#endif
