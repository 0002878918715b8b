#include "file_server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RANGE "Range: bytes="

enum { REQUEST = 8192, PIECE = 2000, BACKLOG = 64 };

typedef struct Service {
    int folder;
    FILE *log;
    atomic_uint *speed;
} Service;

static void pause_for(unsigned speed, size_t bytes)
{
    if (speed == 0)
        return;
    uint64_t ns = (uint64_t)bytes * 1000000000 / speed;
    nanosleep(&(struct timespec){(time_t)(ns / 1000000000), (long)(ns % 1000000000)}, NULL);
}

static bool send_all(int connection, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = send(connection, bytes, size, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

static bool send_unchanged(const Service *service, int connection, const char *path,
                           const char *request, const char *tag)
{
    char condition[128], head[256];
    snprintf(condition, sizeof condition, "\r\nIf-None-Match: %s\r\n", tag);
    if (!strstr(request, condition))
        return false;
    snprintf(head, sizeof head,
             "HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: %s\r\n\r\n", tag);
    fprintf(service->log, "GET %s 304\n", path);
    return send_all(connection, head, strlen(head));
}

static void send_file(const Service *service, int connection, int file, const char *path,
                      const char *request)
{
    char head[512], piece[PIECE], tag[64];
    struct stat status;
    const char *range = strstr(request, RANGE);
    range = range ? range + strlen(RANGE) : NULL;
    fstat(file, &status);
    snprintf(tag, sizeof tag, "\"%llx-%llx\"", (unsigned long long)status.st_ino,
             (unsigned long long)status.st_mtim.tv_nsec);
    if (send_unchanged(service, connection, path, request, tag))
        return;
    long long from = range ? atoll(range) : 0;
    bool partly = range && from < status.st_size;
    from = partly ? from : 0;
    long long last = (long long)status.st_size - 1;
    int length = snprintf(head, sizeof head,
                          "HTTP/1.1 %s\r\nContent-Length: %lld\r\nConnection: close\r\n"
                          "ETag: %s\r\n",
                          partly ? "206 Partial Content" : "200 OK", last + 1 - from, tag);
    if (partly)
        length += snprintf(head + length, sizeof head - (size_t)length,
                           "Content-Range: bytes %lld-%lld/%lld\r\n", from, last, last + 1);
    snprintf(head + length, sizeof head - (size_t)length, "\r\n");
    fprintf(service->log, "GET %s %d\n", path, partly ? 206 : 200);
    bool going = send_all(connection, head, strlen(head));
    lseek(file, (off_t)from, SEEK_SET);
    for (ssize_t count; going && (count = read(file, piece, sizeof piece)) > 0;) {
        going = send_all(connection, piece, (size_t)count);
        pause_for(atomic_load(service->speed), (size_t)count);
    }
}

static void answer_get(const Service *service, int connection, char *path, const char *request)
{
    path[strcspn(path, " ")] = '\0';
    int file = strstr(path, "..") ? -1 : openat(service->folder, path + 1, O_RDONLY);
    if (file >= 0) {
        send_file(service, connection, file, path, request);
        close(file);
        return;
    }
    static const char missing[] =
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    fprintf(service->log, "GET %s 404\n", path);
    send_all(connection, missing, strlen(missing));
}

/* Until the empty line and, of what is posted, until the end of its JSON. */
static size_t receive(int connection, char request[REQUEST])
{
    size_t size = 0;
    bool whole = false;
    while (!whole && size < REQUEST - 1) {
        ssize_t count = recv(connection, request + size, REQUEST - 1 - size, 0);
        if (count <= 0)
            break;
        size += (size_t)count;
        request[size] = '\0';
        char *end = strstr(request, "\r\n\r\n");
        whole = end && (strncmp(request, "POST", 4) != 0 || strchr(end, '}'));
    }
    return size;
}

static void answer(const Service *service, int connection)
{
    char request[REQUEST];
    static const char thanks[] =
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    if (receive(connection, request) == 0)
        return;
    if (strncmp(request, "GET ", 4) == 0) {
        char path[REQUEST];
        snprintf(path, sizeof path, "%s", request + 4);
        answer_get(service, connection, path, request);
    } else {
        fprintf(service->log, "%s\n", request);
        send_all(connection, thanks, strlen(thanks));
    }
    fflush(service->log);
}

static void serve(const Service *service, int listener)
{
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0)
            continue;
        pid_t child = fork(); /* so that a slow one does not hold up the others */
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            answer(service, connection);
            _exit(0);
        }
        close(connection);
    }
}

static int listen_somewhere(char *url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(listen(listener, BACKLOG), 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    snprintf(url, size, "http://127.0.0.1:%u", ntohs(address.sin_port));
    return listener;
}

FileServer *file_server_start(const char *folder, const char *log)
{
    FileServer *server = calloc(1, sizeof *server);
    int listener = listen_somewhere(server->url, sizeof server->url);
    server->speed = mmap(NULL, sizeof *server->speed, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    server->pid = fork();
    if (server->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGCHLD, SIG_IGN);
        const Service service = {open(folder, O_RDONLY), fopen(log, "a"), server->speed};
        serve(&service, listener);
    }
    close(listener);
    return server;
}

void file_server_slow(FileServer *server, unsigned bytes_per_second)
{
    atomic_store(server->speed, bytes_per_second);
}

void file_server_stop(FileServer *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    munmap(server->speed, sizeof *server->speed);
    free(server);
}
