#include "update/fetch/partial.h"

#include "file/file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { NOTE_LIMIT = 16 << 10, CHUNK = 64 << 10 };

static int64_t finish(uv_fs_t *request)
{
    int64_t result = request->result;
    uv_fs_req_cleanup(request);
    return result;
}

/* Links are not followed: what they lead to is none of ours. */
static int open_file(const char *path, int flags)
{
    uv_fs_t request;
    uv_fs_open(NULL, &request, path, flags | UV_FS_O_CREAT | UV_FS_O_NOFOLLOW, 0666, NULL);
    return (int)finish(&request);
}

static void close_file(int file)
{
    uv_fs_t request;
    uv_fs_close(NULL, &request, file, NULL);
    finish(&request);
}

static void remove_file(const char *path)
{
    uv_fs_t request;
    uv_fs_unlink(NULL, &request, path, NULL);
    finish(&request);
}

static int cut_file(int file, uint64_t length)
{
    uv_fs_t request;
    uv_fs_ftruncate(NULL, &request, file, (int64_t)length, NULL);
    return (int)finish(&request);
}

static uint64_t length_of(int file)
{
    uv_fs_t request;
    uint64_t length = uv_fs_fstat(NULL, &request, file, NULL) < 0 ? 0 : request.statbuf.st_size;
    finish(&request);
    return length;
}

static int sync_file(int file)
{
    uv_fs_t request;
    uv_fs_fsync(NULL, &request, file, NULL);
    return (int)finish(&request);
}

/* ---- the note ------------------------------------------------------------------------------- */

/* What the bytes are of; a new reference. */
static json_t *identity_of(const MpPartial *self)
{
    return json_pack("{s:s, s:I, s:s}", "url", self->url, "length", (json_int_t)self->length,
                     "sha256", self->sha256.text);
}

static bool write_text(const char *path, char *text)
{
    uv_fs_t request;
    uv_buf_t buffer = uv_buf_init(text, (unsigned)strlen(text));
    int file = open_file(path, UV_FS_O_WRONLY | UV_FS_O_TRUNC);
    if (file < 0)
        return false;
    uv_fs_write(NULL, &request, file, &buffer, 1, 0, NULL);
    bool written = finish(&request) == (int64_t)buffer.len;
    close_file(file);
    return written;
}

/* It need not outlive a power cut, as mp_file_write() would have it: half a note is none. */
static void write_note(const MpPartial *self)
{
    json_t *note = identity_of(self);
    if (*self->etag)
        json_object_set_new(note, "etag", json_string(self->etag));
    char *text = json_dumps(note, JSON_SORT_KEYS);
    if (!text || !write_text(self->note, text))
        remove_file(self->note); /* an older one would be taken for it */
    free(text);
    json_decref(note);
}

/* Whether the note is about this file, and not of another version or another place. */
static bool read_note(MpPartial *self)
{
    size_t size = 0;
    char *text = mp_file_read(self->note, NOTE_LIMIT, &size, NULL);
    json_t *note = text ? json_loadb(text, size, 0, NULL) : NULL;
    json_t *identity = identity_of(self);
    const char *etag = json_string_value(json_object_get(note, "etag"));
    if (etag && strlen(etag) < sizeof self->etag)
        strcpy(self->etag, etag);
    json_object_del(note, "etag");
    bool same = note && identity && json_equal(note, identity);
    json_decref(identity);
    json_decref(note);
    free(text);
    return same;
}

/* ---- the file ------------------------------------------------------------------------------- */

void mp_partial_discard(MpPartial *self)
{
    self->etag[0] = '\0';
    self->have = 0;
    remove_file(self->note); /* first: bytes without a note are of nothing */
    cut_file(self->file, 0);
}

/* For free(); NULL without memory. */
static char *path_in(const char *folder, const char *name, const char *ending)
{
    size_t room = strlen(folder) + 1 + strlen(name) + strlen(ending) + 1;
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s%s", folder, name, ending);
    return path;
}

static bool open_partial(MpPartial *self, MpError *error)
{
    if (!self->path || !self->note) {
        mp_error_set(error, MP_MEMORY, "no memory to fetch '%.256s'", self->url);
        return false;
    }
    self->file = open_file(self->path, UV_FS_O_RDWR);
    if (self->file < 0)
        mp_file_error(error, "write", self->path, self->file);
    return self->file >= 0;
}

bool mp_partial_open(MpPartial *self, const char *folder, const char *url, uint64_t length,
                     const MpHash *sha256, MpError *error)
{
    *self = (MpPartial){.url = url, .length = length, .sha256 = *sha256, .file = -1};
    self->path = path_in(folder, sha256->text, "");
    self->note = path_in(folder, sha256->text, ".json");
    if (!open_partial(self, error)) {
        mp_partial_close(self);
        return false;
    }
    self->have = length_of(self->file);
    if (!read_note(self) || self->have > length) {
        mp_partial_discard(self);
        write_note(self);
    }
    return true;
}

void mp_partial_set_etag(MpPartial *self, const char *etag)
{
    if (strcmp(self->etag, etag) == 0)
        return;
    snprintf(self->etag, sizeof self->etag, "%s", etag);
    write_note(self);
}

/* "" when it cannot be read. */
static MpHash hash_of(int file)
{
    static _Thread_local char chunk[CHUNK];
    MpHasher *hasher = mp_hasher_create();
    int64_t count = 1;
    for (int64_t at = 0; count > 0; at += count) {
        uv_fs_t request;
        uv_buf_t buffer = uv_buf_init(chunk, sizeof chunk);
        uv_fs_read(NULL, &request, file, &buffer, 1, at, NULL);
        count = finish(&request);
        if (count > 0)
            mp_hasher_add(hasher, chunk, (size_t)count);
    }
    MpHash hash = mp_hasher_finish(hasher);
    return count < 0 ? (MpHash){""} : hash;
}

bool mp_partial_finish(MpPartial *self, const char *path, MpError *error)
{
    uint64_t length = length_of(self->file);
    MpHash hash = hash_of(self->file);
    if (length != self->length || !mp_hash_same(&hash, &self->sha256)) {
        mp_error_set(error, MP_FORMAT,
                     "'%.256s' is something else: %llu bytes, SHA-256 %.12s...; upload it again",
                     self->url, (unsigned long long)length, hash.text);
        return false;
    }
    int code = sync_file(self->file);
    if (code < 0) {
        mp_file_error(error, "write", self->path, code);
        return false;
    }
    if (!mp_file_rename(self->path, path, error))
        return false;
    remove_file(self->note);
    return true;
}

void mp_partial_close(MpPartial *self)
{
    if (self->file >= 0)
        close_file(self->file);
    free(self->path);
    free(self->note);
}
