/*
 * cli/user_folder.h - where games keep what is the player's; as the system tells them.
 */
#ifndef MP_CLI_USER_FOLDER_H
#define MP_CLI_USER_FOLDER_H

/**
 * The user folder of a game, "moonbase" or "organisation/moonbase"; NULL: of the one game of
 * "moonpatch" that has a journal of patches.
 * Ownership: the caller frees it with free().
 * Errors: NULL after a message on stderr.
 */
char *mp_cli_user_folder(const char *game);

#endif
