/*
 * cli/share.h - what is installed with the moonpatch command: in <prefix>/bin beside it, and in
 * <prefix>/share/moonpatch. Before it is installed, the source tree has the same files.
 */
#ifndef MP_CLI_SHARE_H
#define MP_CLI_SHARE_H

/**
 * The path of something in this program's folder: "moonpatch-play".
 * Ownership: the caller frees it with free(). NULL: no memory, or the system does not tell.
 */
char *mp_cli_beside(const char *name);

/**
 * The folder with scripts/, stubs/ and cli/new/, absolute.
 * Ownership: the caller frees it with free(). NULL: no memory.
 */
char *mp_cli_share(void);

#endif
