/*
 * cli/channel/mirror.h - where a channel is read from: a folder, or a web server.
 */
#ifndef MP_CLI_CHANNEL_MIRROR_H
#define MP_CLI_CHANNEL_MIRROR_H

#include "update/tuf/source.h"

typedef struct MpMirror MpMirror;

/** `place` is a folder, or begins with http:// or https://; borrowed. Errors: NULL. */
MpMirror *mp_mirror_open(const char *place, MpError *error);

/** Takes NULL. */
void mp_mirror_close(MpMirror *mirror);

/** Its metadata, for as long as the mirror is open. */
MpTufSource mp_mirror_metadata(MpMirror *mirror);

/**
 * The file at `path` below targets/, of at most `limit` bytes.
 * Ownership: the caller frees it with free(). Errors: NULL.
 */
unsigned char *mp_mirror_target(MpMirror *mirror, const char *path, size_t limit, size_t *size,
                                MpError *error);

#endif
