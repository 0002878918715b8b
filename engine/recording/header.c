#include "recording/recording.h"

#include "input/control.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void mp_recording_header_finish(MpRecordingHeader *header)
{
    json_decref(header->files);
    header->files = NULL;
}

bool mp_recording_write_header(MpRecordWriter *to, const MpRecordingHeader *header, MpError *error)
{
    json_t *root = json_pack("{s:s, s:I, s:b, s:i, s:O}", "program", header->program, "seed",
                             (json_int_t)header->seed, "autoplay", (int)header->autoplay,
                             "controls", MP_CONTROL_COUNT, "files", header->files);
    char *text = root ? json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(root);
    bool fits = text && strlen(text) <= MP_RECORDING_HEADER_LIMIT;
    if (fits)
        mp_recording_write_head(to, text);
    else
        mp_error_set(error, text ? MP_LIMIT : MP_MEMORY,
                     "the game has too many scripts for the header of a recording");
    free(text);
    return fits;
}

static bool has_hashes(const json_t *files)
{
    const char *path;
    json_t *hash;
    json_object_foreach ((json_t *)(uintptr_t)files, path, hash) {
        if (!json_is_string(hash))
            return false;
    }
    return json_is_object(files);
}

static bool take_header(json_t *root, MpRecordingHeader *header, MpError *error)
{
    const char *program;
    json_int_t seed;
    int autoplay, controls;
    json_t *files;
    if (json_unpack(root, "{s:s, s:I, s:b, s:i, s:o}", "program", &program, "seed", &seed,
                    "autoplay", &autoplay, "controls", &controls, "files", &files) != 0 ||
        strlen(program) >= sizeof header->program || seed < 0 || seed > UINT32_MAX ||
        !has_hashes(files)) {
        mp_error_set(error, MP_FORMAT, "the recording's header is damaged");
        return false;
    }
    if (controls != MP_CONTROL_COUNT) {
        mp_error_set(error, MP_FORMAT,
                     "the recording was made by an engine with other controls: play it with that");
        return false;
    }
    *header = (MpRecordingHeader){
        .seed = (uint32_t)seed, .autoplay = autoplay, .files = json_incref(files)};
    strcpy(header->program, program);
    return true;
}

/* Takes the first line. */
static bool check_magic(MpRecordReader *reader, MpError *error)
{
    static const char kind[] = MP_RECORDING_KIND;
    const size_t length = strlen(MP_RECORDING_MAGIC), left = (size_t)(reader->end - reader->at);
    if (left >= length && memcmp(reader->at, MP_RECORDING_MAGIC, length) == 0) {
        reader->at += length;
        return true;
    }
    if (left >= strlen(kind) && memcmp(reader->at, kind, strlen(kind)) == 0)
        mp_error_set(error, MP_FORMAT,
                     "this recording has another format than this engine's: replay it with the "
                     "engine that made it, or record the session again");
    else
        mp_error_set(error, MP_FORMAT, "this is no recording");
    return false;
}

static bool read_header(MpRecordReader *reader, MpRecordingHeader *header, MpError *error)
{
    bool damaged = false;
    const char *text = mp_recording_read_head(reader, MP_RECORDING_HEADER_LIMIT, &damaged);
    json_t *root = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool taken = root && take_header(root, header, error);
    if (!root)
        mp_error_set(error, MP_FORMAT, "the recording's header is %s",
                     text || damaged ? "damaged" : "cut off");
    json_decref(root);
    return taken;
}

bool mp_recording_read_header(MpRecordReader *reader, MpRecordingHeader *header, MpError *error)
{
    if (!check_magic(reader, error))
        return false;
    if (mp_recording_check_whole(reader))
        return read_header(reader, header, error);
    mp_error_set(error, MP_FORMAT,
                 "the recording is damaged, its bytes are not those that were recorded: take "
                 "another copy of it, or record the session again");
    return false;
}
