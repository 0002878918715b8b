#include "vfs/memory_io.h"

#include <stdlib.h>
#include <string.h>

typedef struct MemoryIo {
    PHYSFS_Io io; /* first member: PhysFS passes it back */
    const unsigned char *data;
    size_t size;
    size_t position;
} MemoryIo;

static PHYSFS_sint64 read_bytes(PHYSFS_Io *io, void *buffer, PHYSFS_uint64 length)
{
    MemoryIo *self = (MemoryIo *)io;
    size_t left = self->size - self->position;
    size_t count = length < left ? (size_t)length : left;
    memcpy(buffer, self->data + self->position, count);
    self->position += count;
    return (PHYSFS_sint64)count;
}

static int seek(PHYSFS_Io *io, PHYSFS_uint64 offset)
{
    MemoryIo *self = (MemoryIo *)io;
    if (offset > self->size) {
        PHYSFS_setErrorCode(PHYSFS_ERR_PAST_EOF);
        return 0;
    }
    self->position = (size_t)offset;
    return 1;
}

static PHYSFS_sint64 tell(PHYSFS_Io *io) { return (PHYSFS_sint64)((MemoryIo *)io)->position; }

static PHYSFS_sint64 length_of(PHYSFS_Io *io) { return (PHYSFS_sint64)((MemoryIo *)io)->size; }

static PHYSFS_Io *duplicate(PHYSFS_Io *io)
{
    const MemoryIo *self = (MemoryIo *)io;
    PHYSFS_Io *copy = mp_memory_io_create(self->data, self->size);
    if (!copy)
        PHYSFS_setErrorCode(PHYSFS_ERR_OUT_OF_MEMORY);
    return copy;
}

static void destroy(PHYSFS_Io *io) { free(io); }

PHYSFS_Io *mp_memory_io_create(const void *data, size_t size)
{
    MemoryIo *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->io = (PHYSFS_Io){
        .opaque = self,
        .read = read_bytes,
        .seek = seek,
        .tell = tell,
        .length = length_of,
        .duplicate = duplicate,
        .destroy = destroy,
    };
    self->data = data;
    self->size = size;
    return &self->io;
}
