/*
 * script_file.h - the text of the game's scripts, wherever the host has it.
 */
#ifndef MP_SCRIPT_FILE_H
#define MP_SCRIPT_FILE_H

#include "vm.h"

/**
 * Reads a script, while `L` runs. A zero byte is put behind it.
 * Ownership: the caller frees the result with free(). Errors: NULL, and what the host says.
 */
char *mp_script_file_read(const MpVm *vm, lua_State *L, const char *path, size_t *size,
                          MpError *error);

#endif
