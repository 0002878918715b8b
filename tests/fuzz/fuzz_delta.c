/*
 * Any bytes as a delta. However they lie about lengths and windows, no more comes out than was
 * expected, and what is announced as memory is all that a delta may need.
 */
#include "fuzz.h"

#include "update/delta/decode.h"
#include "update/delta/delta.h"

#include <stdlib.h>
#include <string.h>

enum { RESULT_LIMIT = 1 << 16 };

/* write_deltas.c has it too. */
static const char base[] = "function Rover:jump(height)\n   self.speed = -4 * height\nend\n";

typedef struct Ends {
    const uint8_t *data;
    size_t size;
    uint64_t made, expected;
} Ends;

static bool read_data(void *user, void *bytes, size_t room, size_t *size, MpError *error)
{
    Ends *self = user;
    (void)error;
    *size = self->size < room ? self->size : room;
    memcpy(bytes, self->data, *size);
    self->data += *size;
    self->size -= *size;
    return true;
}

static bool take(void *user, const void *bytes, size_t size, MpError *error)
{
    Ends *self = user;
    (void)bytes, (void)error;
    self->made += size;
    fuzz_expect(self->made <= self->expected, "it makes more than was expected");
    return true;
}

static void decode(const uint8_t *data, size_t size, uint64_t expected, uint64_t memory)
{
    MpError error = {.status = MP_OK};
    Ends ends = {.data = data, .size = size, .expected = expected};
    MpDeltaStream stream = {.read = read_data, .write = take, .user = &ends};
    if (mp_delta_decode(base, sizeof base, expected, memory, &stream, &error))
        fuzz_expect(ends.made == expected && ends.size == 0, "it ends too early");
    else
        fuzz_expect(error.status != MP_OK && error.message[0], "a refusal without a reason");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t memory = 0, length = 0;
    uint8_t *copy = fuzz_copy(data, size);
    bool has_head = mp_delta_need(copy, size, sizeof base, &memory, &length);
    fuzz_expect(!has_head || memory >= sizeof base + MP_DELTA_MEMORY_FIXED, "too little memory");
    decode(copy, size, length < RESULT_LIMIT ? length : 100, mp_delta_memory_limit(sizeof base));
    free(copy);
    return 0;
}
