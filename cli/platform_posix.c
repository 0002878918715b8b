#include "platform.h"

#include "file/file.h"
#include "share.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

bool mp_platform_is_terminal(FILE *stream) { return isatty(fileno(stream)); }

bool mp_platform_has_process(int64_t process)
{
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM);
}

void mp_platform_become(const char *name, const char *other, char **words, MpError *error)
{
    char *beside = mp_cli_beside(name);
    if (beside)
        execv(beside, words);
    execv(other, words);
    mp_error_set(error, MP_NOT_FOUND, "cannot start '%s': %s", beside ? beside : name,
                 strerror(errno));
    free(beside);
}

bool mp_platform_make_folder(const char *path, MpError *error)
{
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno == EEXIST)
        mp_error_set(error, MP_REFUSED, "'%s' is there already; nothing was changed", path);
    else
        mp_error_set(error, MP_IO, "cannot make the folder '%s': %s", path, strerror(errno));
    return false;
}

/* ---- secrets -------------------------------------------------------------------------------- */

/* A line without its end; false: there was none, or not all of it. */
static bool read_line(FILE *stream, char *text, int size)
{
    if (!fgets(text, size, stream))
        return false;
    size_t length = strcspn(text, "\n");
    bool whole = text[length] == '\n';
    text[length] = '\0';
    return whole;
}

bool mp_platform_ask(const char *prompt, char *text, int size)
{
    struct termios shown;
    FILE *terminal = fopen("/dev/tty", "r+e");
    if (!terminal || tcgetattr(fileno(terminal), &shown) != 0) {
        if (terminal)
            fclose(terminal);
        return false;
    }
    struct termios hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    fputs(prompt, terminal);
    fflush(terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &hidden);
    bool read = read_line(terminal, text, size);
    tcsetattr(fileno(terminal), TCSAFLUSH, &shown);
    fputs("\n", terminal);
    fclose(terminal);
    return read;
}

static bool write_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t count = write(file, data, size);
        if (count <= 0 && errno != EINTR)
            return false;
        data += count > 0 ? count : 0;
        size -= count > 0 ? (size_t)count : 0;
    }
    return fsync(file) == 0;
}

/* A link, unlike a rename, never takes the place of another file. */
static int write_beside(const char *beside, const char *path, const void *data, size_t size)
{
    unlink(beside); /* of a process that died */
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno;
    int code = write_all(file, data, size) ? 0 : errno;
    close(file);
    if (code == 0 && link(beside, path) != 0)
        code = errno;
    unlink(beside);
    return code;
}

bool mp_platform_write_secret(const char *path, const void *data, size_t size, MpError *error)
{
    char *beside = malloc(strlen(path) + 2);
    int code = ENOMEM;
    if (beside) {
        sprintf(beside, "%s~", path);
        code = write_beside(beside, path, data, size);
    }
    free(beside);
    if (code != 0)
        mp_error_set(error, code == EEXIST ? MP_REFUSED : MP_IO, "cannot write '%s': %s", path,
                     strerror(code));
    return code == 0;
}

char *mp_platform_read_secret(const char *path, size_t limit, MpError *error)
{
    struct stat about;
    if (stat(path, &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO))) {
        mp_error_set(error, MP_REFUSED,
                     "'%s' is a secret that others may read (mode %03o): chmod 600 it, and replace "
                     "the key if anybody did",
                     path, (unsigned)about.st_mode & 0777);
        return NULL;
    }
    return mp_file_read(path, limit, NULL, error);
}

/* ---- others --------------------------------------------------------------------------------- */

bool mp_platform_make_scratch(char path[MP_PLATFORM_PATH_SIZE], MpError *error)
{
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    snprintf(path, MP_PLATFORM_PATH_SIZE, "%s/moonpatch-XXXXXX", folder);
    if (mkdtemp(path))
        return true;
    mp_error_set(error, MP_IO, "cannot make the folder '%s': %s", path, strerror(errno));
    return false;
}

void mp_platform_remove_scratch(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        unlinkat(dirfd(folder), entry->d_name, 0); /* . and .. stay */
    if (folder)
        closedir(folder);
    rmdir(path);
}

int mp_platform_divert(void)
{
    fflush(stdout);
    int output = dup(STDOUT_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    return output;
}

void mp_platform_restore(int output)
{
    fflush(stdout);
    dup2(output, STDOUT_FILENO);
    close(output);
}
