#include "channel/releases.h"

#include "file/file.h"
#include "file/path.h"
#include "pack_zip.h"
#include "vfs/bundle_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- directives ----------------------------------------------------------------------------- */

static const char *channel_text(const MpRepository *repository, const char *name)
{
    const char *text =
        json_string_value(json_object_get(mp_metadata_custom(repository->root), name));
    return text ? text : "";
}

void mp_plan_salt(const MpRepository *repository, const char *what, char salt[MP_PLAN_SALT_SIZE])
{
    char text[256];
    int length = snprintf(text, sizeof text, "%s\n%s\n%s", channel_text(repository, "app"),
                          channel_text(repository, "channel"), what);
    MpHash hash = mp_hash_of(text, (size_t)length);
    snprintf(salt, MP_PLAN_SALT_SIZE, "%.32s", hash.text);
}

static json_t *platforms_of(const MpPlan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->platforms.count; i++)
        json_array_append_new(list, json_string(plan->platforms.items[i]));
    return list;
}

/* On the command line it is one word: "next-scene". */
static const char *apply_of(const char *word, MpError *error)
{
    for (int i = 0; i < MP_APPLIES; i++) {
        const char *name = mp_apply_name((MpApply)i);
        size_t at = 0;
        while (word[at] && (word[at] == name[at] || (word[at] == '-' && name[at] == ' ')))
            at++;
        if (!word[at] && !name[at])
            return name;
    }
    mp_error_set(error, MP_INVALID, "--apply: now, next-scene or next-start expected, not '%s'",
                 word);
    return NULL;
}

static bool has_cohort(const MpRepository *repository, const char *name, MpError *error)
{
    MpCohorts cohorts;
    const json_t *custom = mp_metadata_custom(repository->targets);
    if (!mp_cohorts_parse(custom, &cohorts, error))
        return false;
    for (size_t i = 0; i < cohorts.count; i++) {
        if (strcmp(cohorts.list[i].name, name) == 0)
            return true;
    }
    mp_error_set(error, MP_INVALID,
                 "--cohort: the channel has no cohort '%s'; moonpatch channel cohorts makes them",
                 name);
    return false;
}

static bool can_reach_anybody(const MpPlan *plan, MpError *error)
{
    /* those of mp_channel_platform() */
    static const char *const platforms[] = {"linux", "windows", "macos", "other"};
    if (plan->max_api >= 0 && plan->max_api < plan->min_api) {
        mp_error_set(error, MP_INVALID,
                     "--max-api %ld: no game has that, and level %ld or a newer one", plan->max_api,
                     plan->min_api);
        return false;
    }
    for (size_t i = 0; i < plan->platforms.count; i++) {
        size_t k = 0, count = sizeof platforms / sizeof *platforms;
        while (k < count && strcmp(plan->platforms.items[i], platforms[k]) != 0)
            k++;
        if (k < count)
            continue;
        mp_error_set(error, MP_INVALID,
                     "--platform: linux, windows, macos or other expected, not '%s'",
                     plan->platforms.items[i]);
        return false;
    }
    return true;
}

static void set_text(json_t *directives, const char *name, const char *text)
{
    if (text)
        json_object_set_new(directives, name, json_string(text));
}

static void set_flag(json_t *directives, const char *name, bool flag)
{
    if (flag)
        json_object_set_new(directives, name, json_true());
}

/* What a game would not understand is not published. */
static json_t *checked(json_t *custom, MpError *error)
{
    MpDirectives parsed;
    MpError problem;
    if (mp_directives_parse(custom, &parsed, &problem))
        return custom;
    mp_error_set(error, MP_INVALID, "games would refuse the release: %s", problem.message);
    json_decref(custom);
    return NULL;
}

json_t *mp_plan_write(const MpPlan *plan, const MpRepository *repository, MpReleaseNumber number,
                      MpError *error)
{
    char salt[MP_PLAN_SALT_SIZE], name[32];
    const char *apply = plan->apply ? apply_of(plan->apply, error) : NULL;
    if (!can_reach_anybody(plan, error) || (plan->apply && !apply) ||
        (plan->cohort && !has_cohort(repository, plan->cohort, error)))
        return NULL;
    snprintf(name, sizeof name, "%llu", (unsigned long long)number);
    mp_plan_salt(repository, name, salt);
    json_t *custom =
        json_pack("{s:{s:s, s:s, s:I, s:{s:I, s:s}, s:s}}", "moonpatch", "app",
                  channel_text(repository, "app"), "channel", channel_text(repository, "channel"),
                  "min_api", (json_int_t)plan->min_api, "rollout", "percent",
                  (json_int_t)plan->rollout, "salt", salt, "state", "live");
    json_t *directives = json_object_get(custom, "moonpatch");
    if (plan->max_api >= 0)
        json_object_set_new(directives, "max_api", json_integer(plan->max_api));
    if (plan->platforms.count)
        json_object_set_new(directives, "platforms", platforms_of(plan));
    set_text(directives, "cohort", plan->cohort);
    set_text(directives, "apply", apply);
    set_text(directives, "description", plan->description);
    set_flag(directives, "pin", plan->pin);
    set_flag(directives, "mandatory", plan->mandatory);
    set_flag(directives, "embedded", plan->embedded);
    return checked(custom, error);
}

/* ---- files ---------------------------------------------------------------------------------- */

/* A folder that is a bundle once it is packed. */
static bool is_bundle(const char *path)
{
    char *patch = mp_path_join(path, "patch.lua");
    bool is = patch && mp_file_exists(patch);
    free(patch);
    return is;
}

static bool pack(const char *path, const char *name, MpPackFolder *files, MpError *error)
{
    size_t size;
    MpError problem;
    MpPackFolder inside;
    char *bytes =
        mp_pack_folder_read(&inside, path, error) ? mp_pack_zip(&inside, &size, error) : NULL;
    mp_pack_folder_finish(&inside);
    if (bytes && !mp_bundle_check(bytes, size, &problem)) {
        mp_error_set(error, problem.status, "games would refuse what is in '%s': %s", path,
                     problem.message);
        free(bytes);
        return false;
    }
    return bytes && mp_pack_folder_put(files, name, bytes, size, error);
}

static bool read_source(const char *path, MpPackFolder *files, MpError *error)
{
    char plain[4096], name[4200];
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    snprintf(plain, sizeof plain, "%.*s", (int)length, path);
    const char *base = strrchr(plain, '/') ? strrchr(plain, '/') + 1 : plain;
    if (!mp_file_is_directory(plain)) {
        snprintf(name, sizeof name, "patch/%s", base);
        return mp_pack_folder_add(files, plain, name, error);
    }
    if (!is_bundle(plain))
        return mp_pack_folder_add(files, plain, "patch", error);
    snprintf(name, sizeof name, "patch/%s.zip", base);
    return pack(plain, name, files, error);
}

bool mp_plan_read(const MpWords *sources, MpPackFolder *files, MpError *error)
{
    *files =
        (MpPackFolder){.most_files = MP_RELEASE_FILE_LIMIT, .most_bytes = MP_RELEASE_TOTAL_LIMIT};
    for (size_t i = 0; i < sources->count; i++) {
        if (!read_source(sources->items[i], files, error))
            return false;
    }
    mp_pack_folder_sort(files);
    for (size_t i = 1; i < files->count; i++) {
        if (strcmp(files->files[i - 1].name, files->files[i].name) == 0) {
            mp_error_set(error, MP_REFUSED, "two of the files would be '%s': rename one of them",
                         files->files[i].name);
            return false;
        }
    }
    return true;
}
