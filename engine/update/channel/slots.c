#include "update/channel/slots.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"
#include "update/channel/tree.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening ------------------------------------------------------------------------------- */

static const char id_name[] = "install_id";

static bool read_install(MpSlots *slots)
{
    MpSalt id = {.size = 0};
    char *path = mp_path_join(slots->folder, id_name);
    char *text = path ? mp_file_read(path, 2 * MP_INSTALL_SIZE, NULL, NULL) : NULL;
    bool ok = text && mp_salt_parse(text, &id, NULL) && id.size == MP_INSTALL_SIZE;
    if (ok)
        memcpy(slots->install.bytes, id.bytes, MP_INSTALL_SIZE);
    free(text);
    free(path);
    return ok;
}

/* Who cannot keep the number has another one next time. */
static bool make_install(MpSlots *slots, MpError *error)
{
    char text[2 * MP_INSTALL_SIZE + 1];
    if (RAND_bytes(slots->install.bytes, MP_INSTALL_SIZE) != 1) {
        mp_error_set(error, MP_IO, "the system has no random numbers");
        return false;
    }
    for (int i = 0; i < MP_INSTALL_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", slots->install.bytes[i]);
    mp_system_replace(slots->folder, id_name, text, strlen(text), true, NULL);
    return true;
}

static bool make_folders(const MpSlots *slots, const char *user_folder, MpError *error)
{
    return mp_system_make_folder(user_folder, "updates", error) &&
           mp_system_make_folder(slots->folder, "objects", error) &&
           mp_system_make_folder(slots->folder, "slots", error);
}

bool mp_slots_open(MpSlots *slots, const char *user_folder, MpError *error)
{
    MpSlots opened = {.folder = mp_path_join(user_folder, "updates"), .lock = -1};
    opened.objects = opened.folder ? mp_path_join(opened.folder, "objects") : NULL;
    bool ok = opened.objects != NULL;
    if (!ok)
        mp_error_set(error, MP_MEMORY, "no memory for the folder of updates");
    ok = ok && make_folders(&opened, user_folder, error);
    if (ok)
        opened.lock = mp_system_lock(opened.folder, NULL);
    ok = ok && (read_install(&opened) || make_install(&opened, error));
    if (ok)
        *slots = opened;
    else
        mp_slots_close(&opened);
    return ok;
}

void mp_slots_close(MpSlots *slots)
{
    if (slots->folder)
        mp_system_unlock(slots->lock);
    free(slots->folder);
    free(slots->objects);
    *slots = (MpSlots){.lock = -1};
}

/* ---- objects ------------------------------------------------------------------------------- */

char *mp_slots_object(const MpSlots *slots, const MpHash *hash)
{
    return mp_path_join(slots->objects, hash->text);
}

static bool check_object(const char *path, const MpHash *hash, uint64_t length, MpError *error)
{
    MpHash found;
    if (!mp_hash_of_file(path, length, &found, error))
        return false;
    if (mp_hash_same(&found, hash))
        return true;
    mp_error_set(error, MP_FORMAT, "'%s' is damaged", path);
    return false;
}

/* What is damaged is in the way of what is not. */
bool mp_slots_has_object(const MpSlots *slots, const MpHash *hash, uint64_t length)
{
    MpError error = {.status = MP_OK};
    char *path = mp_slots_object(slots, hash);
    bool has = path && check_object(path, hash, length, &error);
    if (path && error.status == MP_FORMAT)
        mp_system_remove(slots->objects, hash->text);
    free(path);
    return has;
}

/* ---- slots --------------------------------------------------------------------------------- */

static char *slot_path(const MpSlots *slots, int slot, const char *ending)
{
    char name[32];
    snprintf(name, sizeof name, "slots/%s%s", mp_slot_name(slot), ending);
    return mp_path_join(slots->folder, name);
}

char *mp_slots_patches(const MpSlots *slots, int slot)
{
    return slot < 0 ? NULL : slot_path(slots, slot, "/patch");
}

static bool no_memory(MpError *error)
{
    mp_error_set(error, MP_MEMORY, "no memory for a release");
    return false;
}

bool mp_slots_read(const MpSlots *slots, const MpChannelState *state, int slot, MpRelease *release,
                   MpError *error)
{
    size_t size = 0;
    char *path = slot_path(slots, slot, ".json");
    char *list = path ? mp_file_read(path, MP_RELEASE_LIST_LIMIT, &size, error) : NULL;
    bool ok = path || no_memory(error);
    MpHash hash = list ? mp_hash_of(list, size) : (MpHash){""};
    if (list && !mp_hash_same(&hash, &state->slots[slot].list)) {
        mp_error_set(error, MP_FORMAT, "'%s' is damaged", path);
        ok = false;
    }
    ok = ok && list && mp_release_parse(list, size, state->slots[slot].release, release, error);
    free(list);
    free(path);
    return ok;
}

/* ---- checking ------------------------------------------------------------------------------ */

typedef struct Listing {
    const char *folder;
    const MpRelease *release;
    MpError *error;
} Listing;

/* Whether a release has a path, or for "patch/" one that begins so. */
static bool has_path(const MpRelease *release, const char *path, bool is_folder)
{
    size_t low = 0, high = release->count, size = strlen(path) + (is_folder ? 0 : 1);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(release->files[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < release->count && strncmp(release->files[low].path, path, size) == 0;
}

/* The patch folder is there even if it is empty. */
static bool has_folder(const MpRelease *release, const char *path)
{
    char *inside = mp_path_join(path, "");
    bool has = strcmp(path, "patch") == 0 || (inside && has_path(release, inside, true));
    free(inside);
    return has;
}

static bool is_listed(void *user, const char *path, MpTreeKind kind)
{
    const Listing *listing = user;
    if (kind == MP_TREE_FILE ? has_path(listing->release, path, false)
                             : kind == MP_TREE_FOLDER && has_folder(listing->release, path))
        return true;
    mp_error_set(listing->error, MP_FORMAT, "'%s/%s' is not of the release", listing->folder, path);
    return false;
}

/* The first that is not listed ends it: it goes no deeper, and on no longer, than the list. */
static bool check_names(const char *folder, const MpRelease *release, MpError *error)
{
    Listing listing = {.folder = folder, .release = release, .error = error};
    return mp_tree_walk(folder, is_listed, &listing, error);
}

static bool check_files(const char *folder, const MpRelease *release, MpError *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < release->count; i++) {
        const MpReleaseFile *file = &release->files[i];
        char *path = mp_path_join(folder, file->path);
        ok = path ? check_object(path, &file->object, file->length, error) : no_memory(error);
        free(path);
    }
    return ok;
}

bool mp_slots_check(const MpSlots *slots, const MpChannelState *state, int slot, MpError *error)
{
    MpRelease release = {0};
    char *folder = slot_path(slots, slot, "");
    bool ok = (folder || no_memory(error)) && mp_slots_read(slots, state, slot, &release, error) &&
              check_names(folder, &release, error) && check_files(folder, &release, error);
    mp_release_finish(&release);
    free(folder);
    return ok;
}

bool mp_slots_empty(const MpSlots *slots, MpChannelState *state, int slot, MpError *error)
{
    char *folder = slot_path(slots, slot, "");
    state->slots[slot] = (MpSlot){0};
    if (state->next == slot)
        state->next = MP_SLOT_NONE;
    if (state->active == slot)
        state->active = MP_SLOT_EMBEDDED;
    bool ok = (folder || no_memory(error)) && mp_state_save(slots->folder, state, error) &&
              mp_tree_remove(folder, error);
    free(folder);
    return ok;
}

/* ---- installing ---------------------------------------------------------------------------- */

static bool place_file(const MpSlots *slots, const char *folder, const MpReleaseFile *file,
                       MpError *error)
{
    char *object = mp_slots_object(slots, &file->object);
    bool ok = object ? mp_tree_place(object, folder, file->path, error) : no_memory(error);
    free(object);
    return ok;
}

static bool same_folder(const char *a, const char *b)
{
    const char *end_a = strrchr(a, '/'), *end_b = strrchr(b, '/');
    size_t length_a = end_a ? (size_t)(end_a - a) : 0, length_b = end_b ? (size_t)(end_b - b) : 0;
    return length_a == length_b && memcmp(a, b, length_a) == 0;
}

static bool place_files(const MpSlots *slots, const char *folder, const MpRelease *release,
                        MpError *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < release->count; i++)
        ok = place_file(slots, folder, &release->files[i], error);
    for (size_t i = 0; ok && i < release->count; i++) {
        const MpReleaseFile *file = &release->files[i];
        if (i + 1 == release->count || !same_folder(file->path, release->files[i + 1].path))
            ok = mp_tree_synchronise(folder, file->path, error);
    }
    return ok;
}

static bool fill(const MpSlots *slots, int slot, const MpRelease *release, const void *list,
                 size_t size, MpError *error)
{
    char name[16];
    char *parent = mp_path_join(slots->folder, "slots");
    char *folder = slot_path(slots, slot, "");
    snprintf(name, sizeof name, "%s.json", mp_slot_name(slot));
    bool ok = (parent && folder) || no_memory(error);
    ok = ok && mp_system_make_folder(parent, mp_slot_name(slot), error) &&
         mp_system_make_folder(folder, "patch", error) &&
         place_files(slots, folder, release, error) &&
         mp_system_replace(parent, name, list, size, true, error);
    if (!ok && folder)
        mp_tree_remove(folder, NULL); /* a full disk needs the room */
    free(parent);
    free(folder);
    return ok;
}

static bool has_all_objects(const MpSlots *slots, const MpRelease *release, MpError *error)
{
    for (size_t i = 0; i < release->count; i++) {
        const MpReleaseFile *file = &release->files[i];
        if (!mp_slots_has_object(slots, &file->object, file->length)) {
            mp_error_set(error, MP_FORMAT, "the content of '%.200s' is damaged or missing",
                         file->path);
            return false;
        }
    }
    return true;
}

static bool install(const MpSlots *slots, MpChannelState *state, const MpRelease *release,
                    const void *list, size_t size, int slot, MpError *error)
{
    if (!has_all_objects(slots, release, error) || !mp_slots_empty(slots, state, slot, error) ||
        !fill(slots, slot, release, list, size, error))
        return false;
    state->slots[slot] = (MpSlot){.release = release->number, .list = mp_hash_of(list, size)};
    if (mp_state_save(slots->folder, state, error))
        return true;
    state->slots[slot] = (MpSlot){0};
    return false;
}

bool mp_slots_install(const MpSlots *slots, MpChannelState *state, const MpRelease *release,
                      const void *list, size_t size, int *slot, MpError *error)
{
    int found = mp_state_find(state, release->number);
    MpHash hash = mp_hash_of(list, size);
    if (found >= 0 && mp_hash_same(&state->slots[found].list, &hash) &&
        mp_slots_check(slots, state, found, NULL)) {
        *slot = found;
        return true;
    }
    int free_slot = mp_state_free_slot(state);
    if (free_slot < 0) {
        mp_error_set(error, MP_REFUSED, "the release that runs is on trial");
        return false;
    }
    bool ok = install(slots, state, release, list, size, free_slot, error);
    if (ok)
        *slot = free_slot;
    return ok;
}

/* ---- collecting ---------------------------------------------------------------------------- */

typedef struct Collection {
    const MpSlots *slots;
    MpRelease releases[MP_SLOTS];
} Collection;

static bool is_needed(const Collection *collection, const char *name)
{
    for (int slot = 0; slot < MP_SLOTS; slot++) {
        const MpRelease *release = &collection->releases[slot];
        for (size_t i = 0; i < release->count; i++) {
            if (strcmp(release->files[i].object.text, name) == 0)
                return true;
        }
    }
    return false;
}

static void collect_object(void *user, const char *name)
{
    const Collection *collection = user;
    if (!is_needed(collection, name))
        mp_system_remove(collection->slots->objects, name);
}

void mp_slots_collect(const MpSlots *slots, const MpChannelState *state)
{
    Collection collection = {.slots = slots};
    bool all = true;
    for (int slot = 0; slot < MP_SLOTS; slot++)
        all = all && (!state->slots[slot].release ||
                      mp_slots_read(slots, state, slot, &collection.releases[slot], NULL));
    if (all)
        mp_tree_each(slots->objects, collect_object, &collection);
    for (int slot = 0; slot < MP_SLOTS; slot++)
        mp_release_finish(&collection.releases[slot]);
}
