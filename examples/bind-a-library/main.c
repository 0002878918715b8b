/* Gives a playlist to a script: scripts/main.lua below the folder on the command line, or here. */
#include "music.gen.h" /* generated: the module that the script's `native` comes from */
#include "playlist.h"

#include "moonpatch/vm.h"

#include <stdio.h>
#include <stdlib.h>

/* What scripts print, and what the bridge has to say. */
static void print_line(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    puts(text);
}

static bool run(MpVm *vm, Playlist *playlist, MpError *error)
{
    if (!mp_vm_register(vm, &mp_module_music, error))
        return false;
    mp_vm_set_root(vm, "playlist", &playlist->object); /* scripts: native.playlist */
    return mp_vm_call(vm, "main", "run", error, "");   /* run() of scripts/main.lua */
}

int main(int argc, char **argv)
{
    MpError error = {.message = "out of memory"};
    Playlist *playlist = playlist_create();
    MpVm *vm = mp_vm_create(
        &(MpVmOptions){.jit = true, .folder = argc > 1 ? argv[1] : ".", .log = print_line}, &error);
    bool ok = playlist && vm && run(vm, playlist, &error);
    if (!ok)
        fprintf(stderr, "%s\n", error.message);
    mp_vm_destroy(vm);
    playlist_destroy(playlist);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
