/*
 * fuzz.h - what the harnesses in this folder share.
 *
 * A harness is a file fuzz_NAME.c that defines LLVMFuzzerTestOneInput, and a row in meson.build
 * with the sources it is to be watched in and its seeds. It states what must hold for any input
 * with fuzz_expect; crashes, leaks and endless loops are found by themselves.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Ends the program with `message` when `holds` is false; libFuzzer keeps the input. */
void fuzz_expect(bool holds, const char *message);

/** A copy that is exactly so large, so that AddressSanitizer sees what reads on; for free(). */
void *fuzz_copy(const uint8_t *data, size_t size);

/** The same with a zero byte behind it. */
char *fuzz_text(const uint8_t *data, size_t size);

#endif
