/*
 * fixture.h - a repository, and a client of it with a folder of its own.
 *
 *     TestSuite(tuf_expiry, .init = fixture_init, .fini = fixture_finish);
 *
 * Each refresh is that of a program that was started anew.
 */
#ifndef TEST_UPDATE_FIXTURE_H
#define TEST_UPDATE_FIXTURE_H

#include "simulator.h"
#include "support/scratch.h"
#include "update/tuf/client.h"

#include <stdbool.h>

extern Simulator sim;
extern Scratch scratch;
extern MpError why;       /* the last failure, or "" */
extern MpTufTarget found; /* by the last find */

/** A simulator as it begins, and a client that knows its first root. */
void fixture_init(void);
void fixture_finish(void);

/** The client's options; the folder is that of the metadata. */
MpTufOptions fixture_options(void);

/** Forgets what the client has, and gives it the last published root. */
void fixture_restart(void);

bool refresh(void);
bool refresh_on(int day);

/** Refreshes and looks for a target. */
bool find(const char *path);
bool find_on(const char *path, int day);

/** "root 1, snapshot 1, targets 1, timestamp 1": what is in the folder; valid until the next call.
 */
const char *trusted(void);

/** The names that were asked for since the last call, without the .json; valid until the next one.
 */
const char *asked(void);

#endif
