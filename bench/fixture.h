/*
 * fixture.h - what one group of cases works with: a VM, the objects in it, and C for the cases.
 */
#ifndef BENCH_FIXTURE_H
#define BENCH_FIXTURE_H

#include "crowd.h"
#include "subject.h"
#include "vm.h"

/** Subjects that take turns, so that compiled loops cannot look at one of them once and for all. */
enum { FIXTURE_SUBJECTS = 8 };

typedef struct Fixture {
    MpVm *vm;
    Subject
        subjects[FIXTURE_SUBJECTS]; /**< Each one's `next` is the next; the last's, the first. */
    Token token;
    Large large;
    Crowd crowd;
    char *edited; /**< The text of scripts/edited.lua; NULL: there is none. */
} Fixture;

/**
 * Creates the VM and the objects. `fixture` must stay where it is until fixture_close().
 * `budgets`: scripts that take too long are stopped, as in games, for which compiled code looks up
 * at each line. False: the reason was printed on stderr.
 */
bool fixture_open(Fixture *fixture, bool jit, bool budgets);

/** Closes what fixture_open() made, also when that failed. */
void fixture_close(Fixture *fixture);

/** Gives scripts/edited.lua another text, and reloads it if it was loaded. */
void fixture_edit(Fixture *fixture, const char *text);

/** Pushes the table that the cases get as `tools`. */
void fixture_push_tools(Fixture *fixture);

/** The fixture that a function of the tools belongs to. */
static inline Fixture *fixture_of(lua_State *L)
{
    return (Fixture *)lua_touserdata(L, lua_upvalueindex(1));
}

#endif
