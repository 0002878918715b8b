/*
 * moonpatch/reload.h - the game's own modules follow their files.
 *
 *     between two frames, when a file below scripts/ may have changed:
 *         mp_vm_reload(vm);
 *
 * A module whose file differs from what was loaded is loaded again: its functions are replaced
 * wherever they are held, its state is kept. docs/reload.md has the rules. All files that changed
 * take effect together, or, when one of them is wrong, none of them.
 *
 * A host whose scripts are in MpVmOptions.folder need not call anything: mp_vm_step() does.
 *
 * Glossary
 *   stale   still running code of an earlier text: a closure that could not be replaced, or a
 *           coroutine that waits inside a function that has changed
 */
#ifndef MOONPATCH_RELOAD_H
#define MOONPATCH_RELOAD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct MpVm MpVm;

/** What became of a reload. Valid during the call that hands it over. */
typedef struct MpReloadEvent {
    const char *files;   /**< For people: "waves.lua, scenes/play.lua"; "": not known. */
    const char *problem; /**< Why nothing was reloaded; NULL: it was. */
    size_t functions;    /**< Functions that changed, came or went. */
    const char *stale;   /**< What still runs earlier code, for people; "": nothing. */
} MpReloadEvent;

/** Something that still runs earlier code. Valid during the visit. */
typedef struct MpStale {
    const char *kind;  /**< Who holds it: "closure", "coroutine", "timer", "callback of C (...)" */
    const char *name;  /**< Of the function, as its text calls it. */
    const char *place; /**< "scripts/waves.lua:40", in the earlier text. */
    const char *why;
} MpStale;

/**
 * Reloads the loaded modules whose files have changed. What became of it is logged and handed to
 * MpVmOptions.reload_event. Files that were refused are tried again when any of them has changed.
 * Returns whether there was anything to tell. False from inside a script, with a line in the log.
 * To be called between two frames. Takes a walk through all that scripts hold.
 */
bool mp_vm_reload(MpVm *vm);

/** Visits what still runs earlier code now. Collects garbage first. */
void mp_vm_each_stale(MpVm *vm, void (*visit)(void *user, const MpStale *stale), void *user);

#endif
