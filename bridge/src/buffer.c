#include "buffer.h"

#include "memory.h"

#include <string.h>

void mp_buffer_open(MpBuffer *buffer, MpVm *vm, lua_State *L)
{
    lua_pushnil(L);
    buffer->vm = vm;
    buffer->L = L;
    buffer->index = lua_gettop(L);
    buffer->bytes = buffer->first;
    buffer->length = 0;
    buffer->room = sizeof buffer->first;
}

void mp_buffer_grow(MpBuffer *buffer, size_t size)
{
    size_t needed = buffer->length + size;
    size_t room = buffer->room;
    if (needed <= room)
        return;
    while (room < needed)
        room *= 2;
    mp_memory_ask(buffer->vm, buffer->L, room);
    char *bytes = lua_newuserdata(buffer->L, room);
    memcpy(bytes, buffer->bytes, buffer->length);
    lua_replace(buffer->L, buffer->index);
    buffer->bytes = bytes;
    buffer->room = room;
}

void mp_buffer_add(MpBuffer *buffer, const char *bytes, size_t length)
{
    mp_buffer_grow(buffer, length);
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

void mp_buffer_add_value(MpBuffer *buffer)
{
    size_t length = 0;
    const char *bytes = lua_tolstring(buffer->L, -1, &length);
    mp_buffer_add(buffer, bytes, length);
    lua_pop(buffer->L, 1);
}

void mp_buffer_push(const MpBuffer *buffer)
{
    lua_pushlstring(buffer->L, buffer->bytes, buffer->length);
}
