/*
 * file_server.h - a plain web server for a folder, as any is, in a process of its own.
 *
 *     FileServer *server = file_server_start(folder, log);
 *     printf("%s\n", server->url);              "http://127.0.0.1:40123"
 *     file_server_slow(server, 100000);         bytes a second; 0: as fast as it can
 *     file_server_stop(server);
 */
#ifndef E2E_FILE_SERVER_H
#define E2E_FILE_SERVER_H

#include <stdatomic.h>
#include <sys/types.h>

typedef struct FileServer {
    char url[64];
    pid_t pid;
    atomic_uint *speed; /* shared with the process */
} FileServer;

/**
 * Serves `folder` on a port that the kernel chose. A line for each request, "GET /path 206", goes
 * to the file `log`; what is posted goes there too.
 */
FileServer *file_server_start(const char *folder, const char *log);

void file_server_slow(FileServer *server, unsigned bytes_per_second);

void file_server_stop(FileServer *server);

#endif
