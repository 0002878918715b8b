#include "update/delta/decode.h"

#include "update/delta/delta.h"

#include <stdlib.h>
#include <zstd.h>

enum { WINDOW_LOG_LIMIT = 31 };

typedef struct Decoder {
    ZSTD_DCtx *context;
    const MpDeltaStream *stream;
    uint64_t left; /* bytes of the result that are to come */
    unsigned char in[MP_DELTA_PIECE], out[MP_DELTA_PIECE];
} Decoder;

uint64_t mp_delta_memory_limit(uint64_t base_length)
{
    return 2 * base_length + MP_DELTA_MEMORY_MORE;
}

/* RFC 8878, 3.1.1.1: how far back the frame may look into what it made. */
static uint64_t window_of(const unsigned char *head, uint64_t content_size)
{
    bool is_single_segment = head[4] & 0x20;
    if (is_single_segment)
        return content_size;
    uint64_t power = (uint64_t)1 << (10 + (head[5] >> 3));
    return power + power / 8 * (head[5] & 7);
}

bool mp_delta_need(const unsigned char *head, size_t size, uint64_t base_size, uint64_t *memory,
                   uint64_t *result_length)
{
    static const unsigned char magic[] = {ZSTD_MAGICNUMBER & 0xff, ZSTD_MAGICNUMBER >> 8 & 0xff,
                                          ZSTD_MAGICNUMBER >> 16 & 0xff, ZSTD_MAGICNUMBER >> 24};
    for (size_t i = 0; i < sizeof magic; i++) {
        if (size < 6 || head[i] != magic[i])
            return false;
    }
    unsigned long long content = ZSTD_getFrameContentSize(head, size);
    if (content >= ZSTD_CONTENTSIZE_ERROR) /* or unknown */
        return false;
    uint64_t window = window_of(head, content);
    if (window > UINT64_MAX / 4)
        return false;
    *memory = base_size + window + MP_DELTA_MEMORY_FIXED;
    *result_length = content;
    return true;
}

static bool check_head(const Decoder *self, size_t size, size_t base_size, uint64_t memory,
                       MpError *error)
{
    uint64_t need, length;
    if (!mp_delta_need(self->in, size, base_size, &need, &length)) {
        mp_error_set(error, MP_FORMAT, "the delta is none");
        return false;
    }
    if (length != self->left) {
        mp_error_set(error, MP_FORMAT, "the delta makes %llu bytes; %llu are expected",
                     (unsigned long long)length, (unsigned long long)self->left);
        return false;
    }
    if (need > memory || memory > mp_delta_memory_limit(base_size)) {
        mp_error_set(error, MP_LIMIT, "the delta needs %llu bytes of memory; %llu are announced",
                     (unsigned long long)need, (unsigned long long)memory);
        return false;
    }
    return true;
}

/* What one piece makes. `*more`: the frame goes on. */
static bool decode_piece(Decoder *self, size_t size, bool *more, MpError *error)
{
    ZSTD_inBuffer in = {self->in, size, 0};
    size_t made, state = 1;
    do {
        ZSTD_outBuffer out = {self->out, sizeof self->out, 0};
        state = ZSTD_decompressStream(self->context, &out, &in);
        made = out.pos;
        if (ZSTD_isError(state) || made > self->left) {
            mp_error_set(error, MP_FORMAT, "the delta does not fit: %s",
                         ZSTD_isError(state) ? ZSTD_getErrorName(state) : "it makes too much");
            return false;
        }
        self->left -= made;
        if (made && !self->stream->write(self->stream->user, self->out, made, error))
            return false;
    } while (state != 0 && (in.pos < in.size || made == sizeof self->out));
    *more = state != 0;
    if (in.pos < in.size) {
        mp_error_set(error, MP_FORMAT, "the delta has something behind its end");
        return false;
    }
    return true;
}

static bool decode_all(Decoder *self, size_t size, MpError *error)
{
    bool more = true;
    while (size > 0) {
        if (!more) {
            mp_error_set(error, MP_FORMAT, "the delta has something behind its end");
            return false;
        }
        if (!decode_piece(self, size, &more, error) ||
            !self->stream->read(self->stream->user, self->in, sizeof self->in, &size, error))
            return false;
    }
    if (more || self->left > 0) {
        mp_error_set(error, MP_FORMAT, "the delta is cut short");
        return false;
    }
    return true;
}

/* The window was checked, so zstd need not. */
static bool prepare(Decoder *self, const void *base, size_t base_size, MpError *error)
{
    self->context = ZSTD_createDCtx();
    if (!self->context ||
        ZSTD_isError(
            ZSTD_DCtx_setParameter(self->context, ZSTD_d_windowLogMax, WINDOW_LOG_LIMIT)) ||
        ZSTD_isError(ZSTD_DCtx_refPrefix(self->context, base, base_size))) {
        mp_error_set(error, MP_MEMORY, "no memory for the delta");
        return false;
    }
    return true;
}

bool mp_delta_decode(const void *base, size_t base_size, uint64_t result_length, uint64_t memory,
                     const MpDeltaStream *stream, MpError *error)
{
    size_t size = 0;
    Decoder *self = malloc(sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for the delta");
        return false;
    }
    self->context = NULL;
    self->stream = stream;
    self->left = result_length;
    bool ok = stream->read(stream->user, self->in, sizeof self->in, &size, error) &&
              check_head(self, size, base_size, memory, error) &&
              prepare(self, base, base_size, error) && decode_all(self, size, error);
    ZSTD_freeDCtx(self->context);
    free(self);
    return ok;
}
