/*
 * crowd.h - many objects at once: what it costs to make them, to find one, and to leave them.
 */
#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include "moonpatch/glue.h"
#include "subject.h"

/** Objects that are looked at, whatever the size of the crowd. */
enum { CROWD_SAMPLE = 256 };

typedef struct Crowd {
    Thing *things;
    size_t count;
    MpHandle sample[CROWD_SAMPLE]; /**< Of things, at random. */
} Crowd;

/** Replaces the crowd by one of `count` live objects. False: no memory; the crowd is empty then. */
bool crowd_set(Crowd *crowd, size_t count);

/**
 * Adds functions to the table on the stack's top; their upvalue is a Fixture:
 *   crowd(count) -> list of the sample's handles
 *   resolve(n)          resolves the sample's handles in C
 *   create(n)           creates and destroys an object and its handle
 *   close_vm(count)     -> seconds to close a VM in which Lua holds `count` objects
 *   close_state(count)  -> seconds to close a plain Lua state that holds so many userdata
 */
void crowd_add_tools(lua_State *L, void *fixture);

#endif
