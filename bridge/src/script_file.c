#include "script_file.h"

#include "folder.h"
#include "moonpatch/glue.h"

#include <stdlib.h>

static char *terminate(char *bytes, size_t size, MpError *error)
{
    char *text = realloc(bytes, size + 1);
    if (!text) {
        free(bytes);
        mp_error_set(error, MP_MEMORY, "no memory for a script of %zu bytes", size);
        return NULL;
    }
    text[size] = '\0';
    return text;
}

char *mp_script_file_read(const MpVm *vm, lua_State *L, const char *path, size_t *size,
                          MpError *error)
{
    char *bytes = NULL;
    lua_State *outer = mp_native_enter(L); /* the host may use the VM */
    if (vm->options.read)
        bytes = vm->options.read(vm->options.user, path, size, error);
    else if (vm->options.folder)
        bytes = mp_folder_read(vm->options.folder, path, size, error);
    mp_native_leave(outer);
    return bytes ? terminate(bytes, *size, error) : NULL;
}
