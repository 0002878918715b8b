/*
 * simulator.h - a TUF repository in memory, which its publisher or an attacker may change in
 * any way.
 *
 *     Simulator sim;
 *     simulator_init(&sim);                           // root, timestamp, snapshot, targets:
 * version 1 json_object_set_new(simulator_signed(&sim, "targets"), "version", json_integer(7));
 *     simulator_publish(&sim, "targets snapshot timestamp");
 *     MpTufSource source = simulator_source(&sim);
 *
 * Metadata is edited as JSON; what is published is what clients get, until it is published again.
 * Keys are P-256, one a role. It ends the test when something goes wrong.
 */
#ifndef TEST_UPDATE_SIMULATOR_H
#define TEST_UPDATE_SIMULATOR_H

#include "keys.h"
#include "update/tuf/source.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** The moment of all tests: 2030-01-01T00:00:00Z. */
#define SIMULATOR_NOW INT64_C(1893456000)

enum { SIMULATOR_KEYS = 64 };

typedef struct Simulator {
    json_t *contents;  /* what each role signs next */
    json_t *published; /* of each role a list of texts, by version */
    json_t *signers;   /* of each role a list of indices into `keys` */
    json_t *files;     /* the contents of targets, by path */
    json_t *requests;  /* the names that were asked for, in order */
    TestKey *keys[SIMULATOR_KEYS];
    int key_count;
    bool hashes; /* announce length and hash of metadata too */
    /* Stands in for an answer: true: it did. */
    bool (*interfere)(void *user, const char *name, size_t limit, MpTufAnswer *answer,
                      unsigned char **bytes, size_t *length);
    void *user;
} Simulator;

void simulator_init(Simulator *self);
void simulator_finish(Simulator *self);

/** The source of a client; `self` must stay where it is. */
MpTufSource simulator_source(Simulator *self);

/** What a role signs when it is published next, to be changed. */
json_t *simulator_signed(Simulator *self, const char *role);

/** Sets `expires` so many days from now. */
void simulator_expire(Simulator *self, const char *role, int days);

/**
 * Publishes roles, whose names are separated by spaces, in this order: each with a version more
 * than before if it was published before, and announced by snapshot, or timestamp.
 */
void simulator_publish(Simulator *self, const char *roles);

/** The same for one role, whose name may have spaces. */
void simulator_publish_one(Simulator *self, const char *role);

/** The same without a change of the version. */
void simulator_publish_again(Simulator *self, const char *roles);

/** What was published last, and its replacement; NULL takes it away. */
const char *simulator_published(Simulator *self, const char *role);
void simulator_replace(Simulator *self, const char *role, const char *text);

/** A new private key; its index is what the others take. */
int simulator_new_key(Simulator *self, TestKeyKind kind);

/** Names a key in `delegator` for `role`, and signs with it. */
void simulator_add_key(Simulator *self, const char *delegator, const char *role, int key);

/** Signs with a key that is not named. */
void simulator_add_signer(Simulator *self, const char *role, int key);

/** Takes all keys of a role away from `delegator`, and its signers. */
void simulator_clear_keys(Simulator *self, const char *delegator, const char *role);

/** A new key in the place of those that the role has by root. */
void simulator_rotate(Simulator *self, const char *role);

void simulator_set_threshold(Simulator *self, const char *role, int threshold);

/** Signs no more with the role's last key. */
void simulator_drop_signer(Simulator *self, const char *role);

/** A role, with targets of its own and a key; `paths` are separated by spaces. */
void simulator_delegate(Simulator *self, const char *delegator, const char *role, const char *paths,
                        bool terminating);

/** A file that a role signs for. */
void simulator_add_target(Simulator *self, const char *role, const char *path, const char *content);

#endif
