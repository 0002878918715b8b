/* loops.h - a method called from C, in the ways that are compared; time and instructions. */
#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

#include "subject.h"

/** Calls subject_damage n times, as C does: through the slot. Returns a sum of the results. */
uint32_t loop_slot(Subject *subject, long n);
/** The same from a file that includes subject.h and not subject.gen.h. */
uint32_t loop_header(Subject *subject, long n);
/** Calls its C body n times, which is in another file and cannot be inlined. */
uint32_t loop_direct(Subject *subject, long n);

#endif
