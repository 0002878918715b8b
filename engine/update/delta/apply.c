#include "update/delta/decode.h"
#include "update/delta/delta.h"

#include "file/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Files {
    FILE *delta, *result;
    const char *delta_path;
    char *result_path; /* beside the path, until it is right */
    MpHasher *hasher;
} Files;

static bool fail(MpError *error, const char *verb, const char *path)
{
    mp_file_error(error, verb, path, -errno);
    return false;
}

static bool read_delta(void *user, void *bytes, size_t room, size_t *size, MpError *error)
{
    Files *self = user;
    *size = fread(bytes, 1, room, self->delta);
    return !ferror(self->delta) || fail(error, "read", self->delta_path);
}

static bool write_result(void *user, const void *bytes, size_t size, MpError *error)
{
    Files *self = user;
    mp_hasher_add(self->hasher, bytes, size);
    return fwrite(bytes, 1, size, self->result) == size || fail(error, "write", self->result_path);
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool open_files(Files *self, const MpDelta *delta, MpError *error)
{
    size_t room = strlen(delta->path) + 2;
    self->delta_path = delta->delta;
    self->result_path = malloc(room);
    self->hasher = mp_hasher_create();
    if (!self->result_path) {
        mp_error_set(error, MP_MEMORY, "no memory to make '%s'", delta->path);
        return false;
    }
    snprintf(self->result_path, room, "%s~", delta->path);
    self->delta = fopen(delta->delta, "rb");
    if (!self->delta)
        return fail(error, "read", delta->delta);
    self->result = fopen(self->result_path, "wb");
    return self->result || fail(error, "write", self->result_path);
}

/* On the disk, or an error. */
static bool close_result(Files *self, MpError *error)
{
    bool ok = fflush(self->result) == 0 && fsync(fileno(self->result)) == 0;
    ok = fclose(self->result) == 0 && ok;
    self->result = NULL;
    return ok || fail(error, "write", self->result_path);
}

static void close_files(Files *self)
{
    if (self->delta)
        fclose(self->delta);
    if (self->result)
        fclose(self->result);
    mp_hasher_finish(self->hasher);
    free(self->result_path);
}

/* ---- hashes --------------------------------------------------------------------------------- */

static bool check_hash(const MpHash *hash, const MpHash *expected, const char *what, MpError *error)
{
    if (mp_hash_same(hash, expected))
        return true;
    mp_error_set(error, MP_FORMAT, "%s is another one than the delta is for: SHA-256 %.12s...",
                 what, hash->text);
    return false;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static bool decode(Files *self, const MpDelta *delta, const void *base, size_t base_size,
                   MpError *error)
{
    const MpDeltaStream stream = {.read = read_delta, .write = write_result, .user = self};
    if (!mp_delta_decode(base, base_size, delta->result_length, delta->memory, &stream, error))
        return false;
    MpHash hash = mp_hasher_finish(self->hasher);
    self->hasher = NULL;
    return check_hash(&hash, &delta->result_hash, "the result", error) &&
           close_result(self, error) && mp_file_rename(self->result_path, delta->path, error);
}

static bool make_result(const MpDelta *delta, const void *base, size_t base_size, MpError *error)
{
    Files files = {0};
    bool ok = open_files(&files, delta, error) && decode(&files, delta, base, base_size, error);
    if (!ok && files.result_path)
        remove(files.result_path);
    close_files(&files);
    return ok;
}

/* A base that alone takes more memory than announced is not even read. */
bool mp_delta_apply(const MpDelta *delta, MpError *error)
{
    size_t size = 0, most = delta->memory < MP_DELTA_FILE_LIMIT ? (size_t)delta->memory
                                                                : (size_t)MP_DELTA_FILE_LIMIT;
    char *base = mp_file_read(delta->base, most, &size, error);
    if (!base)
        return false;
    MpHash hash = mp_hash_of(base, size);
    bool ok = check_hash(&hash, &delta->base_hash, "the base", error) &&
              make_result(delta, base, size, error);
    free(base);
    return ok;
}
