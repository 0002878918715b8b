/*
 * watch/tree.h - one watched folder with all folders below it.
 *
 * A tree is watched by one uv_fs_event per folder, or, once one of them could not be started, by
 * comparing signatures.
 */
#ifndef MP_WATCH_TREE_H
#define MP_WATCH_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

typedef struct MpTree MpTree;

/** Called from inside uv_run when something in the tree changed. */
typedef void MpTreeChanged(void *user);

/**
 * Starts to watch. Ownership: the caller's, until mp_tree_close.
 * NULL: no memory.
 */
MpTree *mp_tree_open(uv_loop_t *loop, const char *path, bool scan, MpTreeChanged *changed,
                     void *user);

/** Stops; the memory goes when the loop has run. Takes NULL. */
void mp_tree_close(MpTree *tree);

/** After a change: starts watches for new folders and ends those of folders that are gone. */
void mp_tree_refresh(MpTree *tree);

/**
 * What the system does not report, to be called from time to time: the top folder was replaced,
 * or, when scanning, anything. Calls `changed` if so.
 */
void mp_tree_check(MpTree *tree);

/** Whether the tree is scanned. */
bool mp_tree_is_scanning(const MpTree *tree);

#endif
