#include "patches/store.h"

#include "file/file.h"
#include "file/path.h"
#include "patches/system.h"
#include "watch/watch.h"

#include <stdlib.h>
#include <string.h>

struct MpPatchStore {
    char *parent; /* the user folder's patches/ */
    char *folder; /* good/ in it */
    char *user_folder;
    size_t limit;
};

MpPatchStore *mp_patch_store_open(const char *user_folder, size_t limit, MpError *error)
{
    MpPatchStore *store = calloc(1, sizeof *store);
    if (store) {
        store->limit = limit ? limit : MP_PATCH_STORE_LIMIT;
        store->user_folder = strdup(user_folder);
        store->parent = mp_path_join(user_folder, "patches");
        store->folder = store->parent ? mp_path_join(store->parent, "good") : NULL;
    }
    if (!store || !store->user_folder || !store->folder) {
        mp_patch_store_close(store);
        mp_error_set(error, MP_MEMORY, "no memory for the copies of good patches");
        return NULL;
    }
    return store;
}

void mp_patch_store_close(MpPatchStore *store)
{
    if (!store)
        return;
    free(store->user_folder);
    free(store->parent);
    free(store->folder);
    free(store);
}

/* What all copies take, also those that nobody needs any more. A folder that is missing is empty.
 */
static size_t count_bytes(const MpPatchStore *store)
{
    MpWatchList list = {0};
    size_t total = 0;
    if (!mp_watch_list(store->folder, &list, NULL))
        return 0;
    for (size_t i = 0; i < list.count; i++)
        total += (size_t)list.entries[i].size;
    mp_watch_list_finish(&list);
    return total;
}

static bool has_copy(const MpPatchStore *store, const MpHash *hash)
{
    size_t size;
    char *copy = mp_patch_store_read(store, hash, &size, NULL);
    free(copy);
    return copy != NULL;
}

bool mp_patch_store_put(MpPatchStore *store, const void *data, size_t size, MpError *error)
{
    MpHash hash = mp_hash_of(data, size);
    if (has_copy(store, &hash))
        return true;
    size_t used = count_bytes(store);
    if (used > store->limit || size > store->limit - used) {
        mp_error_set(error, MP_LIMIT,
                     "no copy of %zu bytes is kept: the copies of good patches have %zu of at most "
                     "%zu bytes",
                     size, used, store->limit);
        return false;
    }
    return mp_system_make_folder(store->user_folder, "patches", error) &&
           mp_system_make_folder(store->parent, "good", error) &&
           mp_system_replace(store->folder, hash.text, data, size, true, error);
}

char *mp_patch_store_read(const MpPatchStore *store, const MpHash *hash, size_t *size,
                          MpError *error)
{
    char *path = mp_path_join(store->folder, hash->text);
    size_t length = 0;
    char *copy = path ? mp_file_read(path, store->limit, &length, error) : NULL;
    MpHash found = copy ? mp_hash_of(copy, length) : *hash;
    if (copy && !mp_hash_same(&found, hash)) {
        mp_error_set(error, MP_FORMAT, "'%s' is damaged", path);
        free(copy);
        copy = NULL;
    }
    free(path);
    if (copy)
        *size = length;
    return copy;
}

void mp_patch_store_collect(MpPatchStore *store, const MpJournal *journal)
{
    MpWatchList list = {0};
    if (!mp_journal_is_writer(journal) || !mp_watch_list(store->folder, &list, NULL))
        return;
    for (size_t i = 0; i < list.count; i++) {
        MpHash hash;
        if (!mp_hash_parse(list.entries[i].name, &hash) || !mp_journal_needs(journal, &hash))
            mp_system_remove(store->folder, list.entries[i].name);
    }
    mp_watch_list_finish(&list);
}
