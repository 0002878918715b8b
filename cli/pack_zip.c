#include "pack_zip.h"

#include <stdlib.h>
#include <zip.h>

enum { FIRST_OF_JANUARY_1980 = 1 << 5 | 1 }; /* the earliest day that the format knows */

static bool add(zip_t *zip, const MpPackFile *file)
{
    zip_source_t *content = zip_source_buffer(zip, file->content, file->size, 0);
    zip_int64_t index = content ? zip_file_add(zip, file->name, content, 0) : -1;
    if (index < 0) {
        zip_source_free(content);
        return false;
    }
    zip_uint64_t entry = (zip_uint64_t)index;
    return zip_set_file_compression(zip, entry, ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_dostime(zip, entry, 0, FIRST_OF_JANUARY_1980, 0) == 0 &&
           zip_file_set_external_attributes(zip, entry, 0, ZIP_OPSYS_DOS, 0) == 0;
}

/* Writes the archive into `target`, which stays the caller's. */
static bool fill(zip_source_t *target, const MpPackFolder *folder, zip_error_t *problem)
{
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, problem);
    if (!zip) {
        zip_source_free(target);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < folder->count && good; i++)
        good = add(zip, &folder->files[i]);
    if (good && zip_close(zip) == 0)
        return true;
    zip_error_set(problem, zip_error_code_zip(zip_get_error(zip)),
                  zip_error_code_system(zip_get_error(zip)));
    zip_discard(zip);
    return false;
}

static void *take(zip_source_t *source, size_t *size)
{
    zip_stat_t stat;
    if (zip_source_open(source) != 0)
        return NULL;
    void *bytes = zip_source_stat(source, &stat) == 0 ? malloc(stat.size) : NULL;
    if (bytes && zip_source_read(source, bytes, stat.size) != (zip_int64_t)stat.size) {
        free(bytes);
        bytes = NULL;
    }
    zip_source_close(source);
    if (bytes)
        *size = stat.size;
    return bytes;
}

void *mp_pack_zip(const MpPackFolder *folder, size_t *size, MpError *error)
{
    void *bytes = NULL;
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &problem);
    if (target && fill(target, folder, &problem))
        bytes = take(target, size);
    if (!bytes)
        mp_error_set(error, MP_IO, "cannot make the archive: %s", zip_error_strerror(&problem));
    zip_source_free(target);
    zip_error_fini(&problem);
    return bytes;
}
