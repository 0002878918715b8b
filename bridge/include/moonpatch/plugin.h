/*
 * moonpatch/plugin.h - modules in shared libraries, loaded and unloaded while the program runs.
 *
 * A plugin is a shared library with annotated classes and one line that says what it is:
 *
 *     #include "moonpatch/plugin.h"
 *     #include "turrets.gen.h"          // of moonpatch-bindgen module --module turrets
 *
 *     MP_PLUGIN(.module = &mp_module_turrets, .version = "1.2.0",
 *               .needs = MP_NEEDS({"game", 3}));
 *
 * The program loads a folder of them, in an order in which each finds what it needs:
 *
 *     if (!mp_plugin_load_folder(vm, "plugins", &error))
 *         mp_log_warning("%s", error.message);       // the others are loaded all the same
 *
 * Scripts find the classes under `native`, and patch them, like those of the program. Plugins use
 * the program's copy of the bridge: the program is linked with all of libmoonpatch and exports its
 * symbols (gcc -Wl,--whole-archive, -rdynamic; meson link_whole, export_dynamic). A plugin that
 * uses C functions or base classes of another plugin is linked against it, with $ORIGIN as its run
 * path.
 *
 * Thread: the VM's script thread, between two frames: from inside a script everything here is
 * refused. Several VMs may load the same plugin.
 *
 * Glossary
 *   level   of a module's API: a number that grows with it (bindgen --level); a plugin needs a
 *           module at a level or above
 */
#ifndef MOONPATCH_PLUGIN_H
#define MOONPATCH_PLUGIN_H

#include "moonpatch/error.h"
#include "moonpatch/glue.h"

/** Changes with MpPlugin. */
enum { MP_PLUGIN_ABI = 1 };

/** A module that must be there before the plugin. Lists of them end with a NULL module. */
typedef struct MpPluginNeed {
    const char *module;
    uint32_t level; /**< At least. */
} MpPluginNeed;

/** What a plugin exports under the name `mp_module`. */
typedef struct MpPlugin {
    uint32_t abi;       /**< MP_PLUGIN_ABI when it was compiled; first member for ever. */
    const void *bridge; /**< Where its copy of the bridge is: it must be the program's. */
    const MpModule *module;
    const char *version;       /**< For people: "1.2.0" */
    const MpPluginNeed *needs; /**< NULL: none. */
} MpPlugin;

#if defined(_WIN32)
#define MP_PLUGIN_EXPORT __declspec(dllexport)
#else
/* Weak, because every plugin of a process has one, which sanitizers would otherwise object to. */
#define MP_PLUGIN_EXPORT __attribute__((visibility("default"), weak))
#endif

/** Makes the shared library that it is compiled into a plugin; once in a library. */
#define MP_PLUGIN(...)                                \
    MP_PLUGIN_EXPORT extern const MpPlugin mp_module; \
    const MpPlugin mp_module = {.abi = MP_PLUGIN_ABI, .bridge = &mp_object_table, __VA_ARGS__}

/** The list of what a plugin needs: MP_NEEDS({"game", 3}, {"physics", 1}) */
#define MP_NEEDS(...) ((const MpPluginNeed[]){__VA_ARGS__, {NULL, 0}})

/** A plugin as mp_plugin_each() reports it. Valid during the visit. */
typedef struct MpPluginInfo {
    const char *name; /**< Of its module. */
    const char *version;
    uint32_t level;
    const char *path; /**< As it was loaded. */
} MpPluginInfo;

/**
 * Loads the plugin at `path`. Before anything of it is used, its descriptor is checked: that it is
 * one, for this bridge, that no module of its name is there, that what it needs is.
 * Errors: false, and nothing has changed; MP_IO when the system cannot load the library, MP_FORMAT
 * when that is no plugin, MP_INVALID when it does not fit, MP_NOT_FOUND when it needs what is not
 * there, MP_SCRIPT when its classes cannot be bound, MP_REFUSED inside a script.
 */
bool mp_plugin_load(MpVm *vm, const char *path, MpError *error);

/**
 * Loads all plugins of a folder (*.so), each after what it needs. One that cannot be loaded does
 * not keep the others from it, unless they need it; each failure is logged.
 * Errors: false when a plugin was not loaded, `error` is the first one's; MP_NOT_FOUND
 * when there is no such folder, MP_IO when it cannot be read; MP_REFUSED inside a script.
 */
bool mp_plugin_load_folder(MpVm *vm, const char *folder, MpError *error);

/**
 * Takes a plugin out of the VM and unloads its library, unless another VM has it too. Tables of
 * `native`, functions and stale handles that scripts kept of it raise clear errors from then on.
 * No C function of the plugin may be running, on any thread, and C must not keep pointers into it.
 * Errors: false, and nothing has changed; MP_NOT_FOUND when there is no such plugin, MP_REFUSED
 * while objects of its classes are alive, its functions are patched or another module needs it:
 * the message says by whom.
 */
bool mp_plugin_unload(MpVm *vm, const char *name, MpError *error);

/** Visits the VM's plugins in the order in which they were loaded. */
void mp_plugin_each(MpVm *vm, void (*visit)(void *user, const MpPluginInfo *info), void *user);

#endif
