#include "update/channel/release.h"

#include "vfs/zip_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Files, and the folders that they are in. */
enum { NODE_LIMIT = 2 * MP_RELEASE_FILE_LIMIT };

/* The largest that every reader of JSON takes exactly. */
static const json_int_t NUMBER_LIMIT = 9007199254740991;

static bool fail(MpError *error, MpStatus status, const char *what)
{
    mp_error_set(error, status, "%s", what);
    return false;
}

static bool in_range(const json_t *value, json_int_t low, json_int_t high)
{
    return json_is_integer(value) && json_integer_value(value) >= low &&
           json_integer_value(value) <= high;
}

MpReleaseNumber mp_release_number_of(const char *target)
{
    static const char folder[] = "releases/";
    char again[64];
    if (strncmp(target, folder, sizeof folder - 1) != 0)
        return 0;
    unsigned long long number = strtoull(target + sizeof folder - 1, NULL, 10);
    snprintf(again, sizeof again, "%s%llu.json", folder, number);
    bool whole = strcmp(again, target) == 0 && number <= (unsigned long long)NUMBER_LIMIT;
    return whole ? number : 0;
}

/* ---- files --------------------------------------------------------------------------------- */

static bool parse_file(const json_t *value, MpReleaseFile *file, MpError *error)
{
    const json_t *length = json_object_get(value, "length");
    const char *object = json_string_value(json_object_get(value, "object"));
    file->path = json_string_value(json_object_get(value, "path"));
    if (!file->path || !object || !mp_hash_parse(object, &file->object) ||
        !in_range(length, 0, NUMBER_LIMIT))
        return fail(error, MP_FORMAT, "a file has a path, an object's hash and a length");
    file->length = (uint64_t)json_integer_value(length);
    if (file->length > MP_RELEASE_OBJECT_LIMIT) {
        mp_error_set(error, MP_LIMIT, "'%.100s' is larger than %d MB", file->path,
                     MP_RELEASE_OBJECT_LIMIT >> 20);
        return false;
    }
    return true;
}

/* The rules are those for the entries of bundles. */
static bool check_paths(const MpRelease *release, MpError *error)
{
    MpZipEntry *entries = calloc(release->count + 1, sizeof *entries);
    bool ok = entries || fail(error, MP_MEMORY, "no memory for its list of files");
    for (size_t i = 0; ok && i < release->count; i++) {
        const char *path = release->files[i].path;
        entries[i] = (MpZipEntry){.name = path, .name_length = strlen(path)};
        ok = mp_zip_check_name(&entries[i], error);
        if (ok && mp_zip_is_folder(&entries[i]))
            ok = mp_zip_refuse(&entries[i], error, MP_FORMAT, "is a folder");
        else if (ok && i && strcmp(release->files[i - 1].path, path) >= 0)
            ok = mp_zip_refuse(&entries[i], error, MP_FORMAT, "is not in the order of the names");
    }
    ok = ok && mp_zip_check_tree(entries, release->count, NODE_LIMIT, error);
    free(entries);
    return ok;
}

static bool parse_files(const json_t *list, MpRelease *release, MpError *error)
{
    uint64_t total = 0;
    release->count = json_array_size(list);
    if (!json_is_array(list))
        return fail(error, MP_FORMAT, "it has no list of files");
    if (release->count > MP_RELEASE_FILE_LIMIT)
        return fail(error, MP_LIMIT, "it has too many files");
    release->files = calloc(release->count + 1, sizeof *release->files);
    if (!release->files)
        return fail(error, MP_MEMORY, "no memory for its list of files");
    for (size_t i = 0; i < release->count; i++) {
        if (!parse_file(json_array_get(list, i), &release->files[i], error))
            return false;
        total += release->files[i].length;
    }
    if (total > MP_RELEASE_TOTAL_LIMIT)
        return fail(error, MP_LIMIT, "its files are larger than 1 GB together");
    return check_paths(release, error);
}

static bool parse_text(const void *bytes, size_t size, MpRelease *release, MpError *error)
{
    json_error_t why;
    if (size > MP_RELEASE_LIST_LIMIT)
        return fail(error, MP_LIMIT, "its list of files is larger than 4 MB");
    release->text = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &why);
    if (!release->text)
        return fail(error, MP_FORMAT, why.text);
    const json_t *number = json_object_get(release->text, "release");
    if (!in_range(number, 1, NUMBER_LIMIT) ||
        (MpReleaseNumber)json_integer_value(number) != release->number)
        return fail(error, MP_FORMAT, "its number is another one");
    return parse_files(json_object_get(release->text, "files"), release, error);
}

bool mp_release_parse(const void *bytes, size_t size, MpReleaseNumber number, MpRelease *release,
                      MpError *error)
{
    MpRelease parsed = {.number = number};
    if (!parse_text(bytes, size, &parsed, error)) {
        mp_release_finish(&parsed);
        return false;
    }
    *release = parsed;
    return true;
}

bool mp_release_copy(MpRelease *copy, const MpRelease *release)
{
    MpReleaseFile *files = calloc(release->count + 1, sizeof *files);
    if (!files)
        return false;
    for (size_t i = 0; i < release->count; i++)
        files[i] = release->files[i];
    *copy = (MpRelease){release->number, files, release->count, json_incref(release->text)};
    return true;
}

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const MpReleaseFile *)file)->path);
}

const MpReleaseFile *mp_release_find(const MpRelease *release, const char *path)
{
    return release->count
               ? bsearch(path, release->files, release->count, sizeof *release->files, compare_path)
               : NULL;
}

void mp_release_finish(MpRelease *release)
{
    free(release->files);
    json_decref(release->text);
    *release = (MpRelease){0};
}

/* ---- directives ---------------------------------------------------------------------------- */

static const char *const apply_names[] = {
#define APPLY_NAME(name, text) [MP_APPLY_##name] = text,
    MP_APPLY_LIST(APPLY_NAME)
#undef APPLY_NAME
};

const char *mp_apply_name(MpApply apply) { return apply_names[apply]; }

static bool take_name(const json_t *value, char name[MP_CHANNEL_NAME_SIZE])
{
    const char *text = json_string_value(value);
    bool valid = text && mp_channel_name_is_valid(text);
    if (valid)
        strcpy(name, text);
    return valid;
}

/* Each of these takes a member that may be missing. */
static bool take_flag(const json_t *value, bool *flag)
{
    *flag = json_is_true(value);
    return !value || json_is_boolean(value);
}

static bool take_level(const json_t *value, int64_t missing, int64_t *level)
{
    *level = value ? json_integer_value(value) : missing;
    return !value || in_range(value, 0, NUMBER_LIMIT);
}

static bool take_platforms(const json_t *value, MpDirectives *directives)
{
    size_t count = json_array_size(value);
    if (value && (!json_is_array(value) || count == 0 || count > MP_RELEASE_PLATFORM_LIMIT))
        return false;
    directives->platform_count = count;
    for (size_t i = 0; i < count; i++) {
        if (!take_name(json_array_get(value, i), directives->platforms[i]))
            return false;
    }
    return true;
}

static bool take_rollout(const json_t *value, MpRollout *rollout)
{
    const json_t *percent = json_object_get(value, "percent");
    const char *salt = json_string_value(json_object_get(value, "salt"));
    *rollout = (MpRollout){.percent = 100};
    if (!value)
        return true;
    rollout->percent = (unsigned)json_integer_value(percent);
    return in_range(percent, 0, 100) && salt && mp_salt_parse(salt, &rollout->salt, NULL);
}

static bool take_apply(const json_t *value, MpApply *apply)
{
    const char *text = value ? json_string_value(value) : apply_names[MP_APPLY_NOW];
    for (int i = 0; text && i < MP_APPLIES; i++) {
        if (strcmp(text, apply_names[i]) == 0) {
            *apply = (MpApply)i;
            return true;
        }
    }
    return false;
}

static bool take_state(const json_t *value, bool *halted)
{
    const char *text = json_string_value(value);
    *halted = text && strcmp(text, "halted") == 0;
    return *halted || (text && strcmp(text, "live") == 0);
}

/* People read it: one line, whole characters. */
static bool take_description(const json_t *value, char text[MP_RELEASE_TEXT_SIZE])
{
    const char *given = value ? json_string_value(value) : "";
    if (!given)
        return false;
    snprintf(text, MP_RELEASE_TEXT_SIZE, "%.*s", (int)strcspn(given, "\r\n"), given);
    size_t length = strlen(text);
    if (length < MP_RELEASE_TEXT_SIZE - 1)
        return true;
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80)
        length--;
    text[length > 0 ? length - 1 : 0] = '\0';
    return true;
}

bool mp_directives_parse(const json_t *custom, MpDirectives *directives, MpError *error)
{
    const json_t *value = json_object_get(custom, "moonpatch");
    MpDirectives parsed = {0};
    const json_t *cohort = json_object_get(value, "cohort");
    const struct {
        const char *name;
        bool valid;
    } members[] = {
        {"app", take_name(json_object_get(value, "app"), parsed.app)},
        {"channel", take_name(json_object_get(value, "channel"), parsed.channel)},
        {"min_api", take_level(json_object_get(value, "min_api"), 0, &parsed.min_api)},
        {"max_api", take_level(json_object_get(value, "max_api"), INT64_MAX, &parsed.max_api)},
        {"platforms", take_platforms(json_object_get(value, "platforms"), &parsed)},
        {"rollout", take_rollout(json_object_get(value, "rollout"), &parsed.rollout)},
        {"cohort", !cohort || take_name(cohort, parsed.cohort)},
        {"state", take_state(json_object_get(value, "state"), &parsed.halted)},
        {"pin", take_flag(json_object_get(value, "pin"), &parsed.pin)},
        {"embedded", take_flag(json_object_get(value, "embedded"), &parsed.embedded)},
        {"mandatory", take_flag(json_object_get(value, "mandatory"), &parsed.mandatory)},
        {"apply", take_apply(json_object_get(value, "apply"), &parsed.apply)},
        {"description",
         take_description(json_object_get(value, "description"), parsed.description)},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!members[i].valid) {
            mp_error_set(error, MP_FORMAT, "its directive '%s' is missing or wrong",
                         members[i].name);
            return false;
        }
    }
    *directives = parsed;
    return true;
}
