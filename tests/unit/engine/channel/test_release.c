#include "update/channel/release.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(release, .timeout = 20);

#define HASH           "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FILE_OF(path)  "{\"path\":\"" path "\",\"object\":\"" HASH "\",\"length\":3}"
#define LIST_OF(files) "{\"release\":7,\"files\":[" files "]}"

static bool parse(const char *text, MpRelease *release, MpError *error)
{
    return mp_release_parse(text, strlen(text), 7, release, error);
}

Test(release, its_files_are_as_they_were_signed)
{
    MpRelease release;
    MpError error;
    cr_assert(
        parse(LIST_OF(FILE_OF("patch/a.lua") "," FILE_OF("patch/scripts/b.lua")), &release, &error),
        "%s", error.message);
    cr_expect_eq(release.number, 7);
    cr_expect_eq(release.count, 2);
    cr_expect_str_eq(release.files[1].path, "patch/scripts/b.lua");
    cr_expect_str_eq(release.files[1].object.text, HASH);
    cr_expect_eq(release.files[1].length, 3);
    mp_release_finish(&release);
}

Test(release, one_without_files_is_one)
{
    MpRelease release;
    cr_assert(parse(LIST_OF(""), &release, NULL));
    cr_expect_eq(release.count, 0);
    mp_release_finish(&release);
}

static const struct BadList {
    const char *text, *why;
} bad_lists[] = {
    {"", "expected"},
    {"[]", "its number is another one"},
    {"{\"release\":8,\"files\":[]}", "its number is another one"},
    {"{\"release\":7.0,\"files\":[]}", "its number is another one"},
    {"{\"release\":7,\"release\":7,\"files\":[]}", "duplicate"},
    {"{\"release\":7}", "it has no list of files"},
    {"{\"release\":7,\"files\":{}}", "it has no list of files"},
    {LIST_OF("3"), "a file has a path"},
    {LIST_OF("{\"path\":\"a\",\"object\":\"" HASH "\"}"), "a file has a path"},
    {LIST_OF("{\"path\":\"a\",\"object\":\"" HASH "0\",\"length\":1}"), "a file has a path"},
    {LIST_OF("{\"path\":\"a\",\"object\":\"" HASH "\",\"length\":-1}"), "a file has a path"},
    {LIST_OF("{\"path\":\"a\",\"object\":\"" HASH "\",\"length\":1.5}"), "a file has a path"},
    {LIST_OF("{\"path\":\"a\",\"object\":\"" HASH "\",\"length\":999999999}"), "larger than"},
    {LIST_OF(FILE_OF("../a")), "leads upwards"},
    {LIST_OF(FILE_OF("patch/../../a")), "leads upwards"},
    {LIST_OF(FILE_OF("/etc/passwd")), "absolute"},
    {LIST_OF(FILE_OF("c:/a")), "drive"},
    {LIST_OF(FILE_OF("a\\\\b")), "backslash"},
    {LIST_OF(FILE_OF("a\\u0000b")), "NUL"},
    {LIST_OF(FILE_OF("a\\nb")), "not every system"},
    {LIST_OF(FILE_OF("a//b")), "empty part"},
    {LIST_OF(FILE_OF("a/")), "is a folder"},
    {LIST_OF(FILE_OF("")), "has no name"},
    {LIST_OF(FILE_OF("b") "," FILE_OF("a")), "order of the names"},
    {LIST_OF(FILE_OF("a") "," FILE_OF("a")), "order of the names"},
    {LIST_OF(FILE_OF("A.lua") "," FILE_OF("a.lua")), "in case only"},
    {LIST_OF(FILE_OF("a") "," FILE_OF("a/b")), "a file and a folder"},
};

Test(release, a_list_that_is_wrong_says_why)
{
    for (size_t i = 0; i < sizeof bad_lists / sizeof *bad_lists; i++) {
        MpRelease release = {0};
        MpError error = {0};
        cr_expect_not(parse(bad_lists[i].text, &release, &error), "%s", bad_lists[i].text);
        cr_expect(strstr(error.message, bad_lists[i].why), "%s: %s", bad_lists[i].text,
                  error.message);
    }
}

static bool parse_many(size_t count, uint64_t length, MpError *error)
{
    char *text = malloc(count * 160 + 64), *end = text;
    MpRelease release = {0};
    end += sprintf(end, "{\"release\":7,\"files\":[");
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s{\"path\":\"%06zu\",\"object\":\"" HASH "\",\"length\":%llu}",
                       i ? "," : "", i, (unsigned long long)length);
    strcpy(end, "]}");
    bool ok = parse(text, &release, error);
    mp_release_finish(&release);
    free(text);
    return ok;
}

Test(release, there_is_a_limit_to_everything)
{
    MpError error;
    cr_expect(parse_many(MP_RELEASE_FILE_LIMIT, 1, &error), "%s", error.message);
    cr_expect_not(parse_many(MP_RELEASE_FILE_LIMIT + 1, 1, &error));
    cr_expect(parse_many(4, MP_RELEASE_OBJECT_LIMIT, &error), "%s", error.message);
    cr_expect_not(parse_many(5, MP_RELEASE_OBJECT_LIMIT, &error));
    cr_expect(strstr(error.message, "1 GB"), "%s", error.message);
}

Test(release, its_target_has_its_number)
{
    cr_expect_eq(mp_release_number_of("releases/12.json"), 12);
    const char *const others[] = {"releases/012.json",   "releases/-1.json",
                                  "releases/1.json.zip", "releases/.json",
                                  "objects/12.json",     "releases/1e3.json",
                                  "releases/0.json",     "releases/99999999999999999999.json"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect_eq(mp_release_number_of(others[i]), 0, "%s", others[i]);
}

/* ---- directives ---------------------------------------------------------------------------- */

#define LEAST "\"app\":\"moonbase\",\"channel\":\"stable\",\"state\":\"live\""

static bool read_directives(const char *members, MpDirectives *directives, MpError *error)
{
    char text[1024];
    snprintf(text, sizeof text, "{\"moonpatch\":{%s}}", members);
    json_t *custom = json_loads(text, 0, NULL);
    cr_assert_not_null(custom, "%s", text);
    bool ok = mp_directives_parse(custom, directives, error);
    json_decref(custom);
    return ok;
}

Test(release, what_directives_do_not_say_is_for_everybody_now)
{
    MpDirectives directives;
    MpError error;
    cr_assert(read_directives(LEAST, &directives, &error), "%s", error.message);
    cr_expect_eq(directives.rollout.percent, 100);
    cr_expect_eq(directives.max_api, INT64_MAX);
    cr_expect_eq(directives.platform_count, 0);
    cr_expect_eq(directives.apply, MP_APPLY_NOW);
    cr_expect_not(directives.halted || directives.pin || directives.embedded);
    cr_expect_str_eq(directives.cohort, "");
}

Test(release, what_directives_say_is_read)
{
    MpDirectives directives;
    MpError error;
    cr_assert(read_directives(LEAST ",\"min_api\":2,\"max_api\":3,\"platforms\":[\"linux\"],"
                                    "\"rollout\":{\"percent\":5,\"salt\":\"00ff\"},\"cohort\":\"b\""
                                    ",\"pin\":true,\"embedded\":true,\"mandatory\":true,"
                                    "\"apply\":\"next scene\",\"description\":\"two\\nlines\","
                                    "\"later\":{}",
                              &directives, &error),
              "%s", error.message);
    cr_expect(directives.min_api == 2 && directives.max_api == 3);
    cr_expect_str_eq(directives.platforms[0], "linux");
    cr_expect_eq(directives.rollout.percent, 5);
    cr_expect(directives.rollout.salt.size == 2 && directives.rollout.salt.bytes[1] == 0xff);
    cr_expect_str_eq(directives.cohort, "b");
    cr_expect(directives.pin && directives.embedded && directives.mandatory);
    cr_expect_eq(directives.apply, MP_APPLY_NEXT_SCENE);
    cr_expect_str_eq(directives.description, "two");
}

static const struct BadDirective {
    const char *members, *name;
} bad_directives[] = {
    {"", "'app'"},
    {"\"app\":\"moonbase\",\"state\":\"live\"", "'channel'"},
    {"\"app\":\"a b\",\"channel\":\"c\",\"state\":\"live\"", "'app'"},
    {"\"app\":\"a\",\"channel\":\"c\"", "'state'"},
    {"\"app\":\"a\",\"channel\":\"c\",\"state\":\"paused\"", "'state'"},
    {LEAST ",\"min_api\":-1", "'min_api'"},
    {LEAST ",\"max_api\":\"2\"", "'max_api'"},
    {LEAST ",\"platforms\":\"linux\"", "'platforms'"},
    {LEAST ",\"platforms\":[]", "'platforms'"},
    {LEAST ",\"platforms\":[1]", "'platforms'"},
    {LEAST ",\"rollout\":{\"percent\":101,\"salt\":\"00\"}", "'rollout'"},
    {LEAST ",\"rollout\":{\"percent\":0.5,\"salt\":\"00\"}", "'rollout'"},
    {LEAST ",\"rollout\":{\"percent\":5}", "'rollout'"},
    {LEAST ",\"rollout\":{\"percent\":5,\"salt\":\"0\"}", "'rollout'"},
    {LEAST ",\"rollout\":{\"percent\":5,\"salt\":\"XY\"}", "'rollout'"},
    {LEAST ",\"rollout\":5", "'rollout'"},
    {LEAST ",\"cohort\":\"\"", "'cohort'"},
    {LEAST ",\"pin\":1", "'pin'"},
    {LEAST ",\"mandatory\":\"yes\"", "'mandatory'"},
    {LEAST ",\"apply\":\"soon\"", "'apply'"},
    {LEAST ",\"description\":3", "'description'"},
};

Test(release, a_directive_that_is_wrong_is_named)
{
    for (size_t i = 0; i < sizeof bad_directives / sizeof *bad_directives; i++) {
        MpDirectives directives;
        MpError error = {0};
        cr_expect_not(read_directives(bad_directives[i].members, &directives, &error), "%s",
                      bad_directives[i].members);
        cr_expect(strstr(error.message, bad_directives[i].name), "%s: %s",
                  bad_directives[i].members, error.message);
    }
}

Test(release, a_long_description_is_cut_between_characters)
{
    char members[1024] = LEAST ",\"description\":\"x", text[] = "\xC3\xA4";
    MpDirectives directives;
    for (int i = 0; i < 200; i++)
        strcat(members, text);
    strcat(members, "\"");
    cr_assert(read_directives(members, &directives, NULL));
    size_t length = strlen(directives.description);
    cr_expect_lt(length, MP_RELEASE_TEXT_SIZE);
    cr_expect_str_eq(directives.description + length - 2, text);
}
