/*
 * host/net/state.h - what net.c, listener.c and client.c share.
 */
#ifndef MP_NET_STATE_H
#define MP_NET_STATE_H

#include "host/net/framing.h"
#include "host/net/net.h"

#include <sys/queue.h>
#include <uv.h>

enum { MP_NET_READ_SIZE = 65536, MP_NET_PEER_SIZE = 80 };

/** Bytes that grow. Zero is empty. */
typedef struct MpOutbox {
    char *bytes;
    size_t count, capacity;
} MpOutbox;

struct MpClientState {
    MpClient client;
    uv_tcp_t tcp;
    uv_write_t write;
    uv_shutdown_t shutdown;
    LIST_ENTRY(MpClientState) next;
    LIST_ENTRY(MpClientState) next_busy;
    struct MpNetState *net;
    MpFrames frames;
    MpOutbox waiting, flying;        /* to be sent next; being sent now */
    bool busy;                       /* it is in the net's list of those to look at */
    bool ending;                     /* nothing more is heard from it */
    bool told_full;                  /* a write said false: drained is to follow */
    bool accepted;                   /* the scripts know it */
    char why[MP_ERROR_MESSAGE_SIZE]; /* it is given up; "": it is not */
    double heard;                    /* when it last sent something, or began to end */
    char peer[MP_NET_PEER_SIZE];
};

struct MpListenerState {
    MpListener listener;
    uv_tcp_t tcp;
    LIST_ENTRY(MpListenerState) next;
    struct MpNetState *net;
    MpListenOptions options;
    int users;         /* clients that know it, accepted or not */
    bool closed, over; /* by the scripts; and the port is no more */
};

struct MpNetState {
    MpNet net;
    uv_loop_t *loop; /* NULL: a rehearsal */
    const char *script;
    uv_prepare_t prepare;
    MpNetHears hears;
    MpNetCounts counts;
    LIST_HEAD(, MpListenerState) listeners;
    LIST_HEAD(, MpClientState) clients;
    LIST_HEAD(, MpClientState) busy;
    char read[MP_NET_READ_SIZE];
};

/** Begins with a client that waits to be accepted. */
void mp_client_accept(MpListenerState *listener);

/** Gives a client up when the loop comes round. In printf style. */
void mp_client_give_up(MpClientState *self, const char *format, ...) MP_PRINTF(2, 3);

/** Closes a client gently. */
void mp_client_end(MpClientState *self);

/** Sends what waits, or closes what was given up. */
void mp_client_look(MpClientState *self);

/** Gives it up if it was silent, or is ending, for too long. */
void mp_client_check_time(MpClientState *self, double now);

/** A client knows the listener no more, which ends with the last one if it is closed. */
void mp_listener_leave(MpListenerState *self);

void mp_listener_free(MpListenerState *self);

#endif
