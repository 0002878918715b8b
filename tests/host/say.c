/*
 * say.c - says its standard input to a port of this machine, prints what comes back until the other
 * side ends the connection or has sent COUNT lines.
 *
 *     printf 'GET /metrics HTTP/1.0\r\n\r\n' | say PORT [COUNT]
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char bytes[65536];
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "")),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int lines = argc > 2 ? atoi(argv[2]) : -1;
    int stream = socket(AF_INET, SOCK_STREAM, 0);
    size_t length = fread(bytes, 1, sizeof bytes, stdin);
    if (connect(stream, (struct sockaddr *)&address, sizeof address) != 0 ||
        write(stream, bytes, length) < 0) {
        perror("say");
        return EXIT_FAILURE;
    }
    FILE *answers = fdopen(stream, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t count;
    while (lines-- != 0 && (count = getline(&line, &room, answers)) > 0) {
        fwrite(line, 1, (size_t)count, stdout); /* it may have zero bytes */
        fflush(stdout);
    }
    free(line);
    return EXIT_SUCCESS;
}
