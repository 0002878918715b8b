#include "storage.gen.h"

#include "file/file.h"
#include "file/path.h"
#include "moonpatch/patch.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* As the XDG Base Directory Specification says. A relative path counts as none. Ownership: the
   caller's; NULL: there is no such folder. */
static char *data_home(void)
{
    const char *named = getenv("XDG_DATA_HOME");
    char home[PATH_MAX];
    size_t size = sizeof home;
    if (named && *named == '/')
        return strdup(named);
    return uv_os_homedir(home, &size) == 0 ? mp_path_join(home, ".local/share") : NULL;
}

static char *default_directory(const char *organisation, const char *application, MpError *error)
{
    char *home = data_home();
    char *folder = home ? mp_path_join(home, organisation) : NULL;
    char *path = folder ? mp_path_join(folder, application) : NULL;
    free(folder);
    free(home);
    if (!path)
        mp_error_set(error, MP_IO,
                     "the system names no folder for saved files; name one with --user-dir");
    return path;
}

static char *given_directory(const char *directory, MpError *error)
{
    char *copy = strdup(directory);
    if (!copy)
        mp_error_set(error, MP_MEMORY, "no memory for the user folder");
    return copy;
}

static void cut_slashes(char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
}

MpStorage *mp_storage_create_empty(MpError *error)
{
    MpStorage *self = calloc(1, sizeof *self);
    if (self)
        mp_object_init(&self->object, &mp_class_MpStorage);
    else
        mp_error_set(error, MP_MEMORY, "no memory for the storage");
    return self;
}

MpStorage *mp_storage_create(const char *directory, const char *organisation,
                             const char *application, MpError *error)
{
    char *path = directory ? given_directory(directory, error)
                           : default_directory(organisation, application, error);
    if (!path)
        return NULL;
    MpStorage *self = mp_file_make_directory(path, error) ? mp_storage_create_empty(error) : NULL;
    if (!self) {
        free(path);
        return NULL;
    }
    cut_slashes(path);
    self->directory = path;
    return self;
}

void mp_storage_destroy(MpStorage *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object);
    free(self->directory);
    free(self->text);
    free(self);
}

/* On some systems these are devices, whatever follows the first dot. */
static bool is_device(const char *name)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul"};
    size_t length = strcspn(name, ".");
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        if (length == 3 && memcmp(name, devices[i], 3) == 0)
            return true;
    }
    return length == 4 && (memcmp(name, "com", 3) == 0 || memcmp(name, "lpt", 3) == 0) &&
           name[3] >= '0' && name[3] <= '9';
}

static bool check_name(const char *name, MpError *error)
{
    size_t length = strlen(name);
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-");
    if (length > 0 && length <= MP_STORAGE_NAME_LIMIT && good == length && name[0] != '.' &&
        name[length - 1] != '.' && !is_device(name))
        return true;
    mp_error_set(error, MP_REFUSED,
                 "'%s' cannot name a saved file: use 1 to %d of a-z 0-9 . _ - without a dot at "
                 "either end",
                 name, MP_STORAGE_NAME_LIMIT);
    return false;
}

/* See patches/journal.h. Theirs would be in the way of the game's, and the other way round. */
static bool is_taken(const char *name) { return strcmp(name, "patches") == 0; }

/* A patch is content that comes from elsewhere: what a player keeps is none of its business. */
static bool is_for_caller(const char *name, MpError *error)
{
    if (!mp_patch_is_calling())
        return true;
    mp_error_set(
        error, MP_REFUSED,
        "'%s' is the player's file, and patches reach none of those: let a function of the "
        "game do it, or a script that lies over the game's own",
        name);
    return false;
}

static char *path_of(const MpStorage *self, const char *name, MpError *error)
{
    if (!check_name(name, error) || !is_for_caller(name, error))
        return NULL;
    if (is_taken(name)) {
        mp_error_set(
            error, MP_REFUSED,
            "'%s' cannot name a saved file: the engine keeps what becomes of patches there; "
            "choose another name",
            name);
        return NULL;
    }
    if (!self->directory) {
        mp_error_set(error, MP_NOT_FOUND, "there is no user folder for '%s'", name);
        return NULL;
    }
    size_t size = strlen(self->directory) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", self->directory, name);
    else
        mp_error_set(error, MP_MEMORY, "no memory for the path of '%s'", name);
    return path;
}

static char *read_file(void *user, const char *name, MpError *error)
{
    char *path = path_of(user, name, error);
    if (!path)
        return NULL;
    size_t size;
    char *text = mp_file_read(path, MP_STORAGE_SIZE_LIMIT, &size, error);
    free(path);
    if (!text || !memchr(text, '\0', size))
        return text;
    mp_error_set(error, MP_FORMAT, "the saved file '%s' is not text", name);
    free(text);
    return NULL;
}

const char *MP_NATIVE(mp_storage_read)(MpStorage *self, const char *name, MpError *error)
{
    char *text = mp_outside_ask(self->outside, name, read_file, self, error);
    if (!text)
        return NULL;
    free(self->text);
    self->text = text;
    return text;
}

bool MP_NATIVE(mp_storage_write)(MpStorage *self, const char *name, const char *text,
                                 MpError *error)
{
    size_t size = strlen(text);
    if (size > MP_STORAGE_SIZE_LIMIT) {
        mp_error_set(error, MP_LIMIT, "'%s' would have %zu bytes; at most %d are saved", name, size,
                     MP_STORAGE_SIZE_LIMIT);
        return false;
    }
    char *path = path_of(self, name, error);
    if (path && mp_outside_is_closed(self->outside)) {
        free(path);
        return true;
    }
    bool written = path && mp_file_write(path, text, size, error);
    free(path);
    return written;
}

/* ---- questions whose answer is yes, an empty text, or why not ------------------------------- */

typedef struct Files {
    const MpStorage *storage;
    const char *name, *other;
} Files;

static char *answer(bool yes, MpError *error)
{
    char *text = yes ? strdup("") : NULL;
    if (yes && !text)
        mp_error_set(error, MP_MEMORY, "no memory for an answer");
    return text;
}

static bool ask(const char *verb, MpOutsideSource *source, Files *files, MpError *error)
{
    char question[16 + 2 * MP_STORAGE_NAME_LIMIT];
    snprintf(question, sizeof question, "%s %s %s", verb, files->name, files->other);
    char *text = mp_outside_ask(files->storage->outside, question, source, files, error);
    bool yes = text != NULL;
    free(text);
    return yes;
}

static char *look_for_file(void *user, const char *question, MpError *error)
{
    (void)question;
    const Files *files = user;
    char *path = path_of(files->storage, files->name, error);
    bool exists = path && mp_file_exists(path);
    if (path && !exists)
        mp_error_set(error, MP_NOT_FOUND, "there is no saved file '%s'", files->name);
    free(path);
    return answer(exists, error);
}

bool MP_NATIVE(mp_storage_exists)(MpStorage *self, const char *name)
{
    return ask("exists", look_for_file, &(Files){self, name, ""}, NULL);
}

static char *rename_file(void *user, const char *question, MpError *error)
{
    (void)question;
    const Files *files = user;
    char *from = path_of(files->storage, files->name, error);
    char *to = from ? path_of(files->storage, files->other, error) : NULL;
    bool renamed = to && mp_file_rename(from, to, error);
    free(from);
    free(to);
    return answer(renamed, error);
}

bool MP_NATIVE(mp_storage_rename)(MpStorage *self, const char *name, const char *other,
                                  MpError *error)
{
    return ask("rename", rename_file, &(Files){self, name, other}, error);
}
