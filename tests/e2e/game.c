#include "game.h"

#include "child.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATHS = 4096, ARGUMENTS = 40 };

static const double DEADLINE = 60; /* seconds; generous, for machines that do much else */

struct Game {
    char folder[256];
    pid_t pid;
    int pipe;
    char *log;
    size_t size, seen; /* of the log: bytes, and how many of them were waited for */
    char *status;      /* what moonpatch status showed last */
    char *paths[PATHS];
    size_t path_count;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- files -------------------------------------------------------------------------------- */

char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s: %s", path, strerror(errno));
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    *size = fread(bytes, 1, (size_t)length, file);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

const char *game_path(Game *game, const char *name)
{
    cr_assert(game->path_count < PATHS);
    char **path = &game->paths[game->path_count++];
    cr_assert(asprintf(path, "%s/%s", game->folder, name) > 0);
    return *path;
}

static const char *patch_path(Game *game, const char *name)
{
    char relative[300];
    snprintf(relative, sizeof relative, "patch/%s", name);
    return game_path(game, relative);
}

void game_write_patch_bytes(Game *game, const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(patch_path(game, name), "wb");
    cr_assert_not_null(file, "%s: %s", name, strerror(errno));
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

void game_write_patch(Game *game, const char *name, const char *text)
{
    game_write_patch_bytes(game, name, text, strlen(text));
}

void game_copy_patch(Game *game, const char *name)
{
    char source[512];
    snprintf(source, sizeof source, "%s/demo/patches/%s", MP_SOURCE_FOLDER, name);
    size_t size;
    char *bytes = read_whole(source, &size);
    game_write_patch_bytes(game, name, bytes, size);
    free(bytes);
}

void game_remove_patch(Game *game, const char *name)
{
    cr_assert_eq(remove(patch_path(game, name)), 0);
}

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *place)
{
    (void)status;
    (void)flag;
    (void)place;
    return remove(path);
}

/* ---- the process -------------------------------------------------------------------------- */

Game *game_prepare(void)
{
    Game *game = calloc(1, sizeof *game);
    const char *base = getenv("TMPDIR");
    snprintf(game->folder, sizeof game->folder, "%s/moonbase-XXXXXX", base ? base : "/tmp");
    cr_assert_not_null(mkdtemp(game->folder));
    cr_assert_eq(mkdir(game_path(game, "patch"), 0700), 0);
    game->log = calloc(1, 1);
    game->pipe = -1;
    return game;
}

void game_copy_data(Game *game)
{
    const char *data = game_path(game, "data");
    char command[1024];
    snprintf(command, sizeof command,
             "mkdir -p '%s/demo' && cp -r '%s/scripts' '%s/assets' '%s' && "
             "cp -r '%s/demo/scripts' '%s/demo/assets' '%s/demo'",
             data, MP_SOURCE_FOLDER, MP_SOURCE_FOLDER, data, MP_SOURCE_FOLDER, MP_SOURCE_FOLDER,
             data);
    cr_assert_eq(system(command), 0);
    cr_assert_eq(setenv("MOONPATCH_DATA", data, true), 0);
}

/* `words` has room for ARGUMENTS, of which `count` are there. */
static void start(Game *game, const char **words, size_t count, const char *const *arguments)
{
    for (; *arguments && count < ARGUMENTS - 1; arguments++)
        words[count++] = *arguments;
    if (game->pipe >= 0)
        close(game->pipe);
    game->size = game->seen = 0;
    game->log[0] = '\0';
    int ends[2];
    cr_assert_eq(pipe2(ends, O_CLOEXEC), 0);
    game->pid = child_start(words, ends[1]);
    close(ends[1]);
    game->pipe = ends[0];
}

void game_run(Game *game, const char *const *arguments)
{
    const char *words[ARGUMENTS] = {
        getenv("MP_GAME"),       "--patch-dir", game_path(game, "patch"),      "--user-dir",
        game_path(game, "user"), "--report",    game_path(game, "report.json")};
    start(game, words, 7, arguments);
}

void game_run_server(Game *game, const char *const *arguments)
{
    const char *words[ARGUMENTS] = {getenv("MP_HOST"), "--patch-dir", game_path(game, "patch"),
                                    "--user-dir", game_path(game, "user")};
    start(game, words, 5, arguments);
}

pid_t game_pid(const Game *game) { return game->pid; }

Game *game_start(const char *const *arguments)
{
    Game *game = game_prepare();
    game_run(game, arguments);
    return game;
}

/* Reads what there is, waiting at most until `until`. False at the end of the log or the time. */
static bool read_log(Game *game, double until)
{
    char bytes[4096];
    struct pollfd wait = {.fd = game->pipe, .events = POLLIN};
    double left = until - now();
    if (left <= 0 || poll(&wait, 1, (int)(left * 1e3) + 1) <= 0)
        return false;
    ssize_t count = read(game->pipe, bytes, sizeof bytes);
    if (count <= 0)
        return false;
    game->log = realloc(game->log, game->size + (size_t)count + 1);
    memcpy(game->log + game->size, bytes, (size_t)count);
    game->size += (size_t)count;
    game->log[game->size] = '\0';
    return true;
}

double game_expect(Game *game, const char *text)
{
    double start = now();
    const char *found;
    while (!(found = strstr(game->log + game->seen, text))) {
        if (!read_log(game, start + DEADLINE))
            cr_assert(false, "the log has no '%s':\n%s", text, game->log);
    }
    game->seen = (size_t)(found - game->log) + strlen(text);
    return now() - start;
}

bool game_said(Game *game, const char *text) { return strstr(game->log, text) != NULL; }

const char *game_log(Game *game) { return game->log; }

json_t *game_finish(Game *game, int code)
{
    double until = now() + DEADLINE;
    while (read_log(game, until)) {
    }
    int status = 0;
    if (now() >= until)
        kill(game->pid, SIGKILL);
    cr_assert_eq(waitpid(game->pid, &status, 0), game->pid);
    game->pid = 0;
    cr_assert(now() < until, "the game did not end:\n%s", game->log);
    cr_assert(WIFEXITED(status), "the game died of signal %d:\n%s", WTERMSIG(status), game->log);
    cr_assert_eq(WEXITSTATUS(status), code, "exit code %d:\n%s", WEXITSTATUS(status), game->log);
    return json_load_file(game_path(game, "report.json"), 0, NULL);
}

json_t *game_stop_with(Game *game, int signal, int code)
{
    kill(game->pid, signal);
    json_t *report = game_finish(game, code);
    cr_assert_not_null(report, "no report was written:\n%s", game->log);
    return report;
}

json_t *game_stop(Game *game, int code) { return game_stop_with(game, SIGTERM, code); }

void game_kill(Game *game, int signal)
{
    kill(game->pid, signal);
    cr_assert_eq(waitpid(game->pid, NULL, 0), game->pid);
    game->pid = 0;
}

void game_crash(Game *game, int signal)
{
    const pid_t pid = game->pid;
    int status = 0;
    cr_assert_eq(ptrace(PTRACE_SEIZE, pid, NULL, NULL), 0, "ptrace: %s", strerror(errno));
    syscall(SYS_tgkill, pid, pid, signal);
    while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && WSTOPSIG(status) != signal)
        ptrace(PTRACE_CONT, pid, NULL, (void *)(intptr_t)WSTOPSIG(status));
    siginfo_t info;
    cr_assert_eq(ptrace(PTRACE_GETSIGINFO, pid, NULL, &info), 0);
    info.si_code = SI_KERNEL;
    cr_assert_eq(ptrace(PTRACE_SETSIGINFO, pid, NULL, &info), 0);
    cr_assert_eq(ptrace(PTRACE_DETACH, pid, NULL, (void *)(intptr_t)signal), 0);
    cr_assert_eq(waitpid(pid, NULL, 0), pid);
    game->pid = 0;
}

/* ---- its status --------------------------------------------------------------------------- */

static int read_status(Game *game)
{
    char command[1024];
    size_t size;
    const char *output = game_path(game, "status.txt");
    snprintf(command, sizeof command, "'%s' status --user-dir '%s' >'%s'", getenv("MP_MOONPATCH"),
             game_path(game, "user"), output);
    int status = system(command);
    free(game->status);
    game->status = read_whole(output, &size);
    return WEXITSTATUS(status);
}

const char *game_status(Game *game, int code)
{
    int found = read_status(game);
    cr_assert_eq(found, code, "exit code %d:\n%s\n%s", found, game->status, game->log);
    return game->status;
}

static bool has_line(const char *lines, const char *file, const char *text)
{
    char line[4096];
    for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n') {
        snprintf(line, sizeof line, "%.*s", (int)strcspn(lines, "\n"), lines);
        if (strncmp(line, file, strlen(file)) == 0 && strstr(line, text))
            return true;
    }
    return false;
}

void game_expect_status(Game *game, const char *file, const char *text)
{
    double until = now() + DEADLINE;
    do {
        cr_assert(now() < until, "%s is never '%s':\n%s\n%s", file, text, game->status, game->log);
        struct timespec pause = {.tv_nsec = 20000000};
        nanosleep(&pause, NULL);
        read_status(game);
    } while (!has_line(game->status, file, text));
}

void game_close(Game *game)
{
    if (game->pid > 0) {
        kill(game->pid, SIGKILL);
        waitpid(game->pid, NULL, 0);
    }
    if (game->pipe >= 0)
        close(game->pipe);
    nftw(game->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < game->path_count; i++)
        free(game->paths[i]);
    free(game->status);
    free(game->log);
    free(game);
}

/* ---- reports ------------------------------------------------------------------------------ */

const json_t *report_patch(const json_t *report, const char *file)
{
    size_t index;
    json_t *patch;
    json_array_foreach (json_object_get(report, "patches"), index, patch) {
        if (strcmp(report_text(patch, "file"), file) == 0)
            return patch;
    }
    cr_assert(false, "the report has no patch %s", file);
    return NULL;
}

bool report_is_running(const json_t *report, const char *file)
{
    const char *state = report_text(report_patch(report, file), "state");
    return strcmp(state, "trial") == 0 || strcmp(state, "active") == 0;
}

const char *report_text(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    cr_assert_not_null(text, "the report has no text '%s'", key);
    return text;
}

double report_number(const json_t *entry, const char *key)
{
    const json_t *number = json_object_get(entry, key);
    cr_assert(json_is_number(number), "the report has no number '%s'", key);
    return json_number_value(number);
}
