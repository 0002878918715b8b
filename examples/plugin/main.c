/* Loads the plugins of the folder on the command line, and runs scripts/main.lua, which uses them.
 */
#include "moonpatch/plugin.h"
#include "moonpatch/vm.h"

#include <stdio.h>
#include <stdlib.h>

static void print_line(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    puts(text);
}

static void print_plugin(void *user, const MpPluginInfo *info)
{
    (void)user;
    printf("plugin %s %s\n", info->name, info->version);
}

int main(int argc, char **argv)
{
    MpError error;
    MpVm *vm = mp_vm_create(&(MpVmOptions){.jit = true, .folder = ".", .log = print_line}, &error);
    bool ok = vm && mp_plugin_load_folder(vm, argc > 1 ? argv[1] : "plugins", &error);
    if (vm)
        mp_plugin_each(vm, print_plugin, NULL);
    ok = ok && mp_vm_call(vm, "main", "play", &error, "");
    if (!ok)
        fprintf(stderr, "%s\n", error.message);
    /* The script still holds a Dice, so this is refused, with a message that says so. */
    if (ok && !mp_plugin_unload(vm, "games", &error))
        puts(error.message);
    ok = ok && mp_vm_call(vm, "main", "stop", &error, "");
    if (ok && mp_plugin_unload(vm, "games", &error))
        puts("unloaded");
    mp_vm_destroy(vm);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
