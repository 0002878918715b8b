/*
 * update/channel/slots.h - releases on this machine: the folder updates/ of the user folder.
 *
 *     MpSlots slots;
 *     mp_slots_open(&slots, user_folder, &error);
 *     if (mp_slots_has_object(&slots, &file->object, file->length)) there is no need to load it
 *     mp_slots_install(&slots, &state, &release, list, size, &slot, &error);
 *     ... the game runs mp_slots_patches(&slots, slot)
 *     mp_slots_collect(&slots, &state);
 *
 * Whatever happens meanwhile, the slot that the game runs and the one it can go back to stay whole:
 * a slot is written down as empty before it is emptied, and as filled when all of it is on the
 * disk. Contents are in objects/ once, by their hash; slots have the same files under their names.
 *
 * Glossary: the words of update/channel/state.h, and
 *   object   the content of a file, verified when it was put there
 *
 * Thread: any, one at a time.
 */
#ifndef MP_CHANNEL_SLOTS_H
#define MP_CHANNEL_SLOTS_H

#include "update/channel/state.h"

typedef struct MpSlots {
    char *folder;      /**< The user folder's updates/. */
    char *objects;     /**< objects/ in it. */
    MpInstall install; /**< The random number of this installation. */
    int lock;          /**< -1: another process has it; then nothing must be written. */
} MpSlots;

/**
 * Opens the folder, which is made if it is missing, and takes its lock, if no other process has it.
 * Ownership: the caller passes `slots` to mp_slots_close when this succeeded.
 * Errors: false; MP_IO, MP_MEMORY.
 */
bool mp_slots_open(MpSlots *slots, const char *user_folder, MpError *error);

/** Takes one of zeroes. */
void mp_slots_close(MpSlots *slots);

/** The file of an object, for free(); NULL without memory. */
char *mp_slots_object(const MpSlots *slots, const MpHash *hash);

/** Whether there is an object of that length. */
bool mp_slots_has_object(const MpSlots *slots, const MpHash *hash, uint64_t length);

/**
 * Puts a release, whose objects are all there, into a slot, and writes that down in `state`. `list`
 * is what `release` was read from. A slot that has it already is taken as it is, if it is whole.
 * Errors: false, and what the game runs is untouched; MP_REFUSED when no slot is free; MP_FORMAT
 * when an object is damaged, which is removed then; MP_IO, MP_MEMORY.
 */
bool mp_slots_install(const MpSlots *slots, MpChannelState *state, const MpRelease *release,
                      const void *list, size_t size, int *slot, MpError *error);

/** Reads every file of a slot. Errors: false; MP_FORMAT when it is not what was put there, or not
    all that is there; MP_NOT_FOUND, MP_IO, MP_MEMORY. */
bool mp_slots_check(const MpSlots *slots, const MpChannelState *state, int slot, MpError *error);

/**
 * Reads a slot's list of files, which is checked.
 * Ownership: the caller passes `release` to mp_release_finish when this succeeded.
 * Errors: as mp_slots_check.
 */
bool mp_slots_read(const MpSlots *slots, const MpChannelState *state, int slot, MpRelease *release,
                   MpError *error);

/** Writes down that there is nothing in a slot, and removes its files. Errors: MP_IO, MP_MEMORY. */
bool mp_slots_empty(const MpSlots *slots, MpChannelState *state, int slot, MpError *error);

/** The folder of a slot's patches, for free(); NULL for MP_SLOT_EMBEDDED, and without memory. */
char *mp_slots_patches(const MpSlots *slots, int slot);

/** Removes objects that no slot needs. */
void mp_slots_collect(const MpSlots *slots, const MpChannelState *state);

#endif
