/*
 * vfs/memory_io.h - lets PhysFS read an archive that is in memory.
 *
 * PhysFS has such a thing itself, PHYSFS_mountMemory; in 3.0.2, which distributions carry, it
 * never gives the memory back.
 */
#ifndef MP_VFS_MEMORY_IO_H
#define MP_VFS_MEMORY_IO_H

#include <physfs.h>
#include <stddef.h>

/**
 * A stream over `data`, which stays the caller's and must outlive it and its duplicates.
 * Ownership: the caller's until PHYSFS_mountIo took it; ends with io->destroy(io).
 * NULL: no memory.
 */
PHYSFS_Io *mp_memory_io_create(const void *data, size_t size);

#endif
