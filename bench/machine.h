/* machine.h - what the figures were taken on. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <stddef.h>

/** Writes one line: processor, cores, LuaJIT, compiler, system. */
void machine_describe(char *text, size_t size);

#endif
