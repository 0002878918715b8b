/* Not "playlist.h": the generated header declares the bodies, too, so that one which does not fit
 * its declaration does not compile. */
#include "playlist.gen.h"

#include <stdlib.h>
#include <string.h>

static void track_destroy(Track *track)
{
    mp_object_finish(&track->object); /* scripts that still hold it get an error, not a crash */
    free((void *)track->title);
    free((void *)track->artist);
    free(track);
}

static Track *track_create(const char *title, const char *artist, int seconds)
{
    Track *track = calloc(1, sizeof *track);
    if (!track)
        return NULL;
    track->title = strdup(title);
    track->artist = strdup(artist);
    track->seconds = seconds;
    if (!track->title || !track->artist || !mp_object_init(&track->object, &mp_class_Track)) {
        track_destroy(track);
        return NULL;
    }
    return track;
}

Playlist *playlist_create(void)
{
    Playlist *self = calloc(1, sizeof *self);
    if (self)
        mp_object_init(&self->object, &mp_class_Playlist);
    return self;
}

void playlist_destroy(Playlist *self)
{
    if (!self)
        return;
    for (int i = 0; i < self->count; i++)
        track_destroy(self->tracks[i]);
    mp_object_finish(&self->object);
    free(self->tracks);
    free(self);
}

static bool make_room(Playlist *self)
{
    if (self->count < self->capacity)
        return true;
    int capacity = self->capacity ? 2 * self->capacity : 8;
    Track **tracks = realloc(self->tracks, (size_t)capacity * sizeof *tracks);
    if (!tracks)
        return false;
    self->tracks = tracks;
    self->capacity = capacity;
    return true;
}

/* MP_NATIVE names the body. playlist_add() itself is generated: it calls the body, or the patch
 * that lies over it. */
Track *MP_NATIVE(playlist_add)(Playlist *self, const char *title, const char *artist, int seconds)
{
    if (seconds < 1 || !make_room(self))
        return NULL;
    Track *track = track_create(title, artist, seconds);
    if (track)
        self->tracks[self->count++] = track;
    return track;
}

bool MP_NATIVE(playlist_remove)(Playlist *self, Track *track)
{
    int index = 0;
    while (index < self->count && self->tracks[index] != track)
        index++;
    if (index == self->count)
        return false;
    self->count--;
    for (int i = index; i < self->count; i++)
        self->tracks[i] = self->tracks[i + 1];
    if (self->next > index)
        self->next--;
    track_destroy(track);
    return true;
}

Track *MP_NATIVE(playlist_next)(Playlist *self)
{
    if (self->next >= self->count && self->mode == PLAYLIST_MODE_LOOP)
        self->next = 0;
    if (self->next >= self->count)
        return NULL;
    Track *track = self->tracks[self->next++];
    track->plays++;
    return track;
}

Track *MP_NATIVE(playlist_track)(const Playlist *self, int index)
{
    return index >= 0 && index < self->count ? self->tracks[index] : NULL;
}

int MP_NATIVE(playlist_get_length)(const Playlist *self) { return self->count; }

int MP_NATIVE(playlist_get_seconds)(const Playlist *self)
{
    int seconds = 0;
    for (int i = 0; i < self->count; i++)
        seconds += self->tracks[i]->seconds;
    return seconds;
}
