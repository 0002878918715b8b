/*
 * patches/power.h - a disk that forgets what was not synchronised when the power goes.
 *
 *     power_begin(folder);              an empty folder: what is written there is followed
 *     ... after any call:
 *     power_cut(POWER_NAMES_AHEAD, copy);   writes what the disk may hold now to the folder `copy`
 *     power_end();
 */
#ifndef TEST_PATCHES_POWER_H
#define TEST_PATCHES_POWER_H

#include <stddef.h>
#include <sys/types.h>

/** What a disk may have written of its own accord when it was not told to. X(name) */
#define POWER_CUT_LIST(X)                                         \
    X(NOTHING)     /* only what was synchronised */               \
    X(NAMES_AHEAD) /* all names, of files that are still empty */ \
    X(HALVES)      /* all names, and half of what was written */  \
    X(DATA_AHEAD)  /* all data, under the old names */            \
    X(EVERYTHING)

#define POWER_MEMBER(name) POWER_##name,
typedef enum PowerCut { POWER_CUT_LIST(POWER_MEMBER) POWER_CUTS } PowerCut;
#undef POWER_MEMBER

void power_begin(const char *folder);
void power_end(void);
void power_cut(PowerCut cut, const char *copy);

/* What faults.c tells of calls that succeeded. */
void power_opened(int file, const char *path, int flags);
void power_written(int file, const void *data, size_t size);
void power_synchronised(int file);
void power_renamed(const char *from, const char *to);
void power_linked(const char *from, const char *to);
void power_unlinked(const char *path);
void power_made_folder(const char *path);
void power_closed(int file);

#endif
