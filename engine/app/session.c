#include "app/session.h"

#include "app/overlay.h"
#include "app/patch_name.h"
#include "app/session_state.h"
#include "file/file.h"
#include "file/path.h"
#include "patches/hash.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 << 20, DEPTH_LIMIT = 16 };

/* ---- what is compared --------------------------------------------------------------------- */

/* FNV-1a: this is for accidents, not for forgers. */
static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    return hash;
}

uint64_t mp_session_checksum(const MpSession *session)
{
    const MpPcg32 *chance = &session->app->random->generator;
    uint64_t hash = mix(0xCBF29CE484222325u, &chance->state, sizeof chance->state);
    const char *digest = "";
    mp_app_ask(session->app, "digest", ">s", &digest);
    return mix(hash, digest, strlen(digest));
}

static void add_bytes(const char *path, char *bytes, size_t size, json_t *files)
{
    if (bytes)
        json_object_set_new(files, path, json_string(mp_hash_of(bytes, size).text));
    free(bytes);
}

static void add_script(const MpVfs *vfs, const char *path, json_t *files)
{
    size_t length = strlen(path), size = 0;
    if (length <= 4 || strcmp(path + length - 4, ".lua") != 0)
        return;
    char *bytes = mp_vfs_read(vfs, path, FILE_LIMIT, &size, NULL);
    add_bytes(path, bytes, size, files);
}

static void add_scripts(const MpVfs *vfs, const char *folder, int depth, json_t *files)
{
    char **names = depth ? mp_vfs_list(vfs, folder, NULL) : NULL;
    for (char **name = names; name && *name; name++) {
        char path[MP_VFS_PATH_LIMIT];
        MpVfsStat stat;
        snprintf(path, sizeof path, "%s/%s", folder, *name);
        if (!mp_vfs_stat(vfs, path, &stat, NULL))
            continue;
        if (stat.is_directory)
            add_scripts(vfs, path, depth - 1, files);
        else
            add_script(vfs, path, files);
    }
    mp_vfs_list_free(names);
}

static void add_patches(const char *folder, json_t *files)
{
    MpWatchList list = {0};
    if (!mp_watch_list(folder, &list, NULL))
        return;
    mp_overlay_list(folder, &list, NULL);
    for (size_t i = 0; i < list.count; i++) {
        const MpWatchEntry *entry = &list.entries[i];
        if (entry->type != MP_WATCH_FILE || !mp_patch_name_is_patch(entry->name))
            continue;
        size_t size = 0;
        char *path = mp_path_join(folder, entry->name);
        char *bytes = path ? mp_file_read(path, FILE_LIMIT, &size, NULL) : NULL;
        add_bytes(entry->name, bytes, size, files);
        free(path);
    }
    mp_watch_list_finish(&list);
}

/* Scripts of the patch folder take the place of the game's. */
json_t *mp_session_files(const MpApp *app)
{
    json_t *files = json_object();
    add_scripts(app->vfs, "scripts", DEPTH_LIMIT, files);
    add_patches(app->options.patch_dir, files);
    return files;
}

/* A name that is none is asked in vain; what it was does not matter. */
const char *mp_session_question(const char *question)
{
    return strlen(question) <= MP_RECORDING_QUESTION_LIMIT ? question : "a name that is too long";
}

/* ---- opening and closing ------------------------------------------------------------------ */

MpSession *mp_session_open(MpApp *app, MpError *error)
{
    MpSession *session = calloc(1, sizeof *session);
    if (!session) {
        mp_error_set(error, MP_MEMORY, "no memory for a recording");
        return NULL;
    }
    session->app = app;
    session->outside.user = session;
    bool opened =
        app->options.record ? mp_recorder_open(session, error) : mp_player_open(session, error);
    if (!opened) {
        mp_session_close(session);
        return NULL;
    }
    app->storage->outside = &session->outside;
    return session;
}

void mp_session_close(MpSession *session)
{
    if (!session)
        return;
    mp_recorder_close(session);
    free(session->bytes);
    free(session);
}

void mp_session_attach(MpSession *session, MpInput *input)
{
    if (!session)
        return;
    mp_input_set_outside(input, &session->outside);
    if (session->bytes)
        mp_input_ignore_devices(input);
}

/* ---- a run -------------------------------------------------------------------------------- */

bool mp_session_begin_frame(MpSession *session, MpFrame *frame)
{
    if (!session)
        return true;
    if (session->bytes && !mp_player_begin_frame(session, frame))
        return false;
    mp_recorder_put(
        session,
        &(MpRecord){.kind = MP_RECORD_FRAME, .steps = frame->steps, .alpha = frame->alpha});
    session->steps += frame->steps;
    return true;
}

static MpRecord state_of(const MpSession *session, MpRecordKind kind)
{
    return (MpRecord){
        .kind = kind, .step = session->steps, .checksum = mp_session_checksum(session)};
}

/* The game is asked for its report at the same steps of a replay: that may change it, too. */
void mp_session_end_frame(MpSession *session)
{
    if (!session || !session->to.file)
        return;
    if (session->steps - session->checked >= MP_SESSION_CHECK) {
        session->checked = session->steps;
        MpRecord record = state_of(session, MP_RECORD_CHECK);
        mp_recorder_put(session, &record);
    }
    mp_recorder_flush(session);
}

void mp_session_finish(MpSession *session)
{
    if (!session || !session->to.file)
        return;
    MpRecord record = state_of(session, MP_RECORD_END);
    mp_recorder_put(session, &record);
    mp_recorder_flush(session);
}

void mp_session_note_signal(MpSession *session, const MpSignal *signal)
{
    if (session)
        mp_recorder_put(session, &(MpRecord){.kind = MP_RECORD_SIGNAL, .signal = *signal});
}

/* What is in effect before the first frame is in the header. */
void mp_session_note_change(MpSession *session, const char *format, ...)
{
    if (!session || session->app->frames == 0)
        return;
    char text[MP_ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mp_recorder_put(session, &(MpRecord){.kind = MP_RECORD_NOTE, .text = text});
}

bool mp_session_failed(const MpSession *session) { return session && session->failed; }
