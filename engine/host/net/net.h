/*
 * host/net/net.h - TCP for the scripts of a server.
 *
 *     MpNet *net = mp_net_create(loop, "server", &(MpNetHears){.received = ..., .user = ...},
 * &error); MpListener *listener = mp_net_listen(net, "127.0.0.1", 7777, NULL, &error); uv_run(loop,
 * ...)                     // tells what happens, in that loop's thread mp_net_end(net);
 * uv_run(...)         // every client gets what was written to it mp_net_destroy(net);
 *
 * Scripts use it through scripts/net.lua. What a client sends is a hostile stranger's: the length
 * of messages, the number of clients and what waits to be sent to each are bounded. A client that
 * goes beyond is given up, and MpNetHears.closed says why.
 *
 * Glossary
 *   client    one connection that was accepted
 *   message   what a client sends at once: a line, or bytes with their length before them
 *   drained   all that was written to a client is on its way
 */
#ifndef MP_NET_H
#define MP_NET_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How messages are told apart in the stream. */
typedef enum MP_ENUM MpFraming {
    MP_FRAMING_LINES,   /**< A line feed ends each, and a carriage return before it is left out. */
    MP_FRAMING_LENGTHS, /**< Its length stands before each, 4 bytes, the highest first. */
} MpFraming;

/** What a listener allows its clients. */
typedef struct MP_OPTIONS MpListenOptions {
    MP_DEFAULT(MP_FRAMING_LINES) MpFraming framing; /**< How messages are told apart. */
    MP_DEFAULT(4096) int longest;                   /**< Bytes of a message, 1 to 16777216. */
    MP_DEFAULT(1024) int clients;  /**< At a time, 1 to 65536; others are turned away. */
    MP_DEFAULT(262144) int unsent; /**< Bytes that may wait for a client that reads slowly. */
    double silence;                /**< Seconds a client may send nothing; 0: for ever. */
} MpListenOptions;

typedef struct MpListenerState MpListenerState;
typedef struct MpClientState MpClientState;

/** A port that clients connect to. It is dead once it is closed and its last client has gone. */
typedef struct MP_CLASS MpListener {
    MpObject object;
    MP_READONLY int port;    /**< The one that was chosen, if 0 was asked for. */
    MP_READONLY int clients; /**< Connected now. */
    MpListenerState *state;
} MpListener;

/** One connection. It is dead as soon as the handler `closed` has heard of it. */
typedef struct MP_CLASS MpClient {
    MpObject object;
    MP_READONLY int number;    /**< Counted from 1, as they come. */
    MP_READONLY double unsent; /**< Bytes that wait to be sent. */
    MpListener *listener;
    MpClientState *state;
} MpClient;

/** Network connections. */
typedef struct MP_CLASS MP_ROOT(net) MpNet {
    MpObject object;
    struct MpNetState *state;
} MpNet;

/** Who hears what happens, in the loop's thread. No function may be NULL. */
typedef struct MpNetHears {
    void *user;
    void (*connected)(void *user, MpClient *client);
    void (*received)(void *user, MpClient *client, const char *message, size_t length);
    void (*drained)(void *user, MpClient *client); /**< After mp_client_write() said false. */
    void (*closed)(void *user, MpClient *client, const char *why); /**< The last one. */
} MpNetHears;

/** What happened so far. */
typedef struct MpNetCounts {
    uint64_t clients; /**< Now. */
    uint64_t accepted, turned_away, given_up;
    uint64_t received, sent; /**< Messages. */
} MpNetCounts;

/**
 * `loop` is a uv_loop_t, borrowed until mp_net_destroy(); NULL: listeners hear nobody, which is
 * what a rehearsal needs. `script` is the Lua module that the server is, borrowed as well.
 * Ownership: the caller's, until mp_net_destroy(). Errors: NULL; MP_MEMORY.
 */
MpNet *mp_net_create(void *loop, const char *script, const MpNetHears *hears, MpError *error);

/** To be called now and then: gives up clients that were silent, or do not go, for too long. */
void mp_net_step(MpNet *self);

/** Closes all listeners and clients, once these have got what was written to them. */
void mp_net_end(MpNet *self);

/** Whether nobody is connected any more. */
bool mp_net_is_over(const MpNet *self);

MpNetCounts mp_net_counts(const MpNet *self);

/** Closes everything at once; the loop runs until that is done. Takes NULL. */
void mp_net_destroy(MpNet *self);

/**
 * Waits for clients on `port` of `host`, an address such as "127.0.0.1", "0.0.0.0" or "::1"; port 0
 * is one that the system chooses. Scripts use net.listen, which takes their handlers as well.
 * Ownership: the net's. Errors: NULL; MP_INVALID for what is no address or out of range, MP_IO when
 * the system refuses, MP_MEMORY.
 */
MP_METHOD MpListener *mp_net_listen(MpNet *self, const char *host, int port,
                                    const MpListenOptions *options, MpError *error);

/** The module that is the server's main script: "server", of --script server.lua. */
MP_LEAF MP_GETTER const char *mp_net_get_script(const MpNet *self);

/** Takes no more clients; those that are there have what was written to them sent, and are closed.
 */
MP_METHOD void mp_listener_close(MpListener *self);

/**
 * Sends a message. True: write on; false: much waits to be sent, wait for `drained`. A client for
 * which more than the listener's `unsent` waits is given up.
 * Errors: MP_INVALID: a line break in a line, or a message longer than the listener allows;
 * MP_REFUSED: the connection is closing.
 */
MP_METHOD bool mp_client_write(MpClient *self, MP_BYTES(length) const void *message, size_t length,
                               MpError *error);

/** Closes the connection when what was written is sent; nothing more is heard from the client. */
MP_METHOD void mp_client_close(MpClient *self);

/** Where the client is: "127.0.0.1:50112", "[::1]:50112". */
MP_GETTER const char *mp_client_get_peer(const MpClient *self);

/** The listener that accepted it. */
MP_LEAF MP_GETTER MpListener *mp_client_get_listener(const MpClient *self);

#endif
