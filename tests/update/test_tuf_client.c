/* The command moonpatch-tuf-client as the suite tuf-conformance calls it, against a web server. */
#include "file/file.h"
#include "fixture.h"
#include "patches/hash.h"
#include "server.h"

#include <criterion/criterion.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { PAGES = 32, WORDS = 16 };

static const char content[] = "target file contents";

static Page pages[PAGES];
static char *paths[PAGES];
static size_t page_count;
static Server *server;
static char metadata_url[SERVER_URL_SIZE], targets_url[SERVER_URL_SIZE];

/* ---- the server ----------------------------------------------------------------------------- */

static void add_page(const char *path, const char *body)
{
    cr_assert(page_count < PAGES);
    paths[page_count] = strdup(path);
    pages[page_count] = (Page){.path = paths[page_count], .body = body, .length = strlen(body)};
    page_count++;
}

static void add_target(const char *folder, const char *name, const char *body)
{
    char path[256];
    snprintf(path, sizeof path, "/targets/%s%s.%s", folder,
             mp_hash_of(content, strlen(content)).text, name);
    add_page(path, body);
}

/* What was published last, by its version, and a delegated role with an unusual name. */
static void serve(void)
{
    char path[64];
    const char *const names[] = {"snapshot", "targets", "../?"};
    add_page("/metadata/timestamp.json", simulator_published(&sim, "timestamp"));
    for (size_t i = 0; i < 3; i++) {
        json_t *said = json_object_get(simulator_signed(&sim, names[i]), "version");
        snprintf(path, sizeof path, "/metadata/%d.%s.json", (int)json_integer_value(said),
                 i < 2 ? names[i] : "..%2F%3F");
        add_page(path, simulator_published(&sim, names[i]));
    }
    server = server_start(pages, page_count);
    server_url(server, "/metadata/", metadata_url);
    server_url(server, "/targets", targets_url);
}

/* The command goes by the clock, so nothing may expire for long. */
static void init(void)
{
    static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
    fixture_init();
    for (size_t i = 0; i < 4; i++)
        simulator_expire(&sim, roles[i], 36500);
    simulator_delegate(&sim, "targets", "../?", "odd/*", false);
    simulator_expire(&sim, "../?", 36500);
    simulator_add_target(&sim, "targets", "file.txt", content);
    simulator_add_target(&sim, "targets", "a folder/file.txt", content);
    simulator_add_target(&sim, "targets", "false.txt", content);
    simulator_add_target(&sim, "../?", "odd/#1", content);
    simulator_publish(&sim, "root ../? targets snapshot timestamp");
    scratch_remove(&scratch, "metadata");
    scratch_make_folder(&scratch, "targets");
    scratch_write_text(&scratch, "initial.json", simulator_published(&sim, "root"));
    add_target("", "file.txt", content);
    add_target("a%20folder/", "file.txt", content);
    add_target("", "false.txt", "tarGet file contents");
    add_target("odd/", "%231", content);
    serve();
}

static void finish(void)
{
    server_stop(server);
    while (page_count)
        free(paths[--page_count]);
    fixture_finish();
}

TestSuite(tuf_client, .init = init, .fini = finish, .timeout = 60);

/* ---- the command ---------------------------------------------------------------------------- */

extern char **environ;

/* Its exit code. */
static int run(const char *const *words)
{
    char *argv[WORDS + 2] = {(char *)(uintptr_t)MP_TUF_CLIENT};
    for (int i = 0; i < WORDS && words[i]; i++)
        argv[i + 1] = (char *)(uintptr_t)words[i];
    pid_t child;
    int status;
    cr_assert(posix_spawn(&child, MP_TUF_CLIENT, NULL, NULL, argv, environ) == 0);
    cr_assert(waitpid(child, &status, 0) == child);
    cr_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define RUN(...) run((const char *const[WORDS]){__VA_ARGS__, NULL})

static char metadata_dir[SCRATCH_PATH_SIZE], targets_dir[SCRATCH_PATH_SIZE];
static char root[SCRATCH_PATH_SIZE];

static void name_folders(void)
{
    strcpy(metadata_dir, scratch_path(&scratch, "metadata"));
    strcpy(targets_dir, scratch_path(&scratch, "targets"));
    strcpy(root, scratch_path(&scratch, "initial.json"));
}

static int download(const char *name, const char *second)
{
    return RUN("--metadata-url", metadata_url, "--metadata-dir", metadata_dir, "--target-name",
               name, "--target-dir", targets_dir, "--target-base-url", targets_url,
               second ? "--target-name" : "download", second ? second : NULL,
               second ? "download" : NULL);
}

static void expect_file(const char *name, bool is_there)
{
    char path[SCRATCH_PATH_SIZE + 64];
    snprintf(path, sizeof path, "%s/%s", targets_dir, name);
    cr_expect_eq(mp_file_exists(path), is_there, "%s", name);
    char *text = is_there ? mp_file_read(path, 1 << 20, NULL, NULL) : NULL;
    cr_expect(!is_there || (text && strcmp(text, content) == 0), "%s", name);
    free(text);
}

Test(tuf_client, refreshes)
{
    name_folders();
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", root), 0);
    cr_expect_eq(server_count(server), 0);
    cr_expect_eq(RUN("--metadata-url", metadata_url, "--metadata-dir", metadata_dir, "refresh"), 0);
    cr_expect_str_eq(trusted(), "root 2, snapshot 2, targets 2, timestamp 2");
    cr_expect_eq(server_count(server), 4);
}

Test(tuf_client, downloads_once)
{
    name_folders();
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", root), 0);
    cr_expect_eq(download("file.txt", NULL), 0);
    expect_file("file.txt", true);
    size_t before = server_count(server);
    cr_expect_eq(download("file.txt", NULL), 0);
    cr_expect_eq(server_count(server) - before, 2, "root and timestamp alone");
    cr_expect_eq(download("a folder/file.txt", "odd/#1"), 0);
    expect_file("a%20folder%2Ffile.txt", true);
    expect_file("odd%2F%231", true);
    cr_expect_str_eq(trusted(), "..%2F%3F 1, root 2, snapshot 2, targets 2, timestamp 2");
}

Test(tuf_client, refuses_what_was_not_signed)
{
    name_folders();
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", root), 0);
    cr_expect_eq(download("false.txt", "file.txt"), 1);
    expect_file("false.txt", false);
    expect_file("false.txt~", false);
    expect_file("file.txt", true);
    cr_expect_eq(download("nothing", NULL), 1);
    scratch_write_text(&scratch, "targets/file.txt", "tampered with");
    cr_expect_eq(download("file.txt", NULL), 0);
    expect_file("file.txt", true);
}

Test(tuf_client, calls_that_fail)
{
    name_folders();
    cr_expect_eq(RUN("refresh"), 1);
    cr_expect_eq(RUN("--nonsense"), 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init"), 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", "/nothing"), 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "--metadata-url", metadata_url, "download"),
                 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "--metadata-url", metadata_url, "refresh"), 1);
    cr_expect_eq(server_count(server), 0, "without a root nothing is asked for");
    scratch_write_text(&scratch, "initial.json", "{}");
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", root), 1);
    cr_expect_eq(RUN("--help"), 0);
}

Test(tuf_client, no_server_is_an_error_and_no_more)
{
    name_folders();
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "init", root), 0);
    cr_expect_eq(
        RUN("--metadata-dir", metadata_dir, "--metadata-url", "http://127.0.0.1:1/", "refresh"), 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "--metadata-url", "file:///etc/", "refresh"),
                 1);
    cr_expect_eq(RUN("--metadata-dir", metadata_dir, "--metadata-url", metadata_url, "refresh"), 0);
}
