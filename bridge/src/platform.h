/*
 * platform.h - the bridge's few calls to the operating system; one .c file per system.
 */
#ifndef MP_PLATFORM_H
#define MP_PLATFORM_H

#include <stddef.h>

/**
 * Reserves zeroed address space that is backed by memory only where it is touched. It is never
 * given back. Returns NULL when the system has no such space. Thread: any.
 */
void *mp_platform_reserve(size_t size);

#endif
