/*
 * playlist.h - tracks in an order, and which of them plays next.
 *
 *     Playlist *list = playlist_create();
 *     playlist_add(list, "Clair de lune", "Debussy", 300);
 *     Track *track = playlist_next(list);
 *     playlist_destroy(list);
 *
 * A library as many are. For scripts, nothing was added to it but the capital words, the two
 * members called `object`, and in playlist.c what belongs to them. The compiler sees nothing of
 * the words; moonpatch-bindgen reads them.
 */
#ifndef PLAYLIST_H
#define PLAYLIST_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** What comes after the last track. */
typedef enum MP_ENUM PlaylistMode {
    PLAYLIST_MODE_ONCE, /**< Nothing. Scripts: native.PlaylistMode.ONCE, or just "ONCE". */
    PLAYLIST_MODE_LOOP, /**< The first one. */
} PlaylistMode;

/** A piece of music. It belongs to its playlist. */
typedef struct MP_CLASS MP_OPAQUE Track { /* opaque: on purpose without methods */
    MpObject object;                      /* a class starts with its identity */
    MP_READONLY const char *title;
    MP_READONLY const char *artist;
    MP_READONLY int seconds;
    MP_READONLY int plays; /**< How often it was played. */
    MP_PROPERTY int stars; /**< 0 to 5, as the listener likes. */
} Track;

/** Tracks in the order in which they play. */
typedef struct MP_CLASS Playlist {
    MpObject object;
    MP_PROPERTY PlaylistMode mode;
    Track **tracks; /* without a word: not for scripts */
    int count, capacity;
    int next;
} Playlist;

/* Whoever creates and destroys is C; scripts get the list that they are given. */
Playlist *playlist_create(void);
void playlist_destroy(Playlist *self);

/** Adds a track at the end. NULL, in Lua nil: it is shorter than a second, or memory is out. */
MP_METHOD Track *playlist_add(Playlist *self, const char *title, const char *artist, int seconds);
/** Takes a track out and frees it. False: it is in another list. */
MP_METHOD bool playlist_remove(Playlist *self, Track *track);
/** The track that plays now, or NULL after the last one. */
MP_METHOD Track *playlist_next(Playlist *self);

/* Leaves only read: compiled scripts call them as fast as C does. */

/** Track `index`, from 0; NULL if there is none. */
MP_LEAF Track *playlist_track(const Playlist *self, int index);
/** How many tracks there are. In Lua a property: playlist.length. */
MP_LEAF MP_GETTER int playlist_get_length(const Playlist *self);
/** How long all tracks take, seconds. */
MP_LEAF MP_GETTER int playlist_get_seconds(const Playlist *self);

#endif
