/*
 * buffer.h - text that grows, for C functions that scripts call. Its memory is Lua's: errors that
 * jump over it lose nothing.
 */
#ifndef MP_BUFFER_H
#define MP_BUFFER_H

#include "vm.h"

typedef struct MpBuffer {
    MpVm *vm;
    lua_State *L;
    int index; /**< Where on the stack the memory is. */
    char *bytes;
    size_t length, room;
    char first[256];
} MpBuffer;

/** Starts an empty text; pushes one value, which must stay where it is. */
void mp_buffer_open(MpBuffer *buffer, MpVm *vm, lua_State *L);

/** Makes room for so many more bytes, or raises an error: they would be too much. */
void mp_buffer_grow(MpBuffer *buffer, size_t size);

/** Adds bytes. */
void mp_buffer_add(MpBuffer *buffer, const char *bytes, size_t length);

/** Adds the string or number on the stack's top, and pops it. */
void mp_buffer_add_value(MpBuffer *buffer);

/** Pushes the text. */
void mp_buffer_push(const MpBuffer *buffer);

#endif
