#include "audio/sound_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_wav(const char *data, size_t size)
{
    return size >= 12 && memcmp(data, "RIFF", 4) == 0 && memcmp(data + 8, "WAVE", 4) == 0;
}

/* The first page's one packet says which codec it is: behind the page's header of 28 bytes. */
static bool is_vorbis(const char *data, size_t size)
{
    return size >= 35 && memcmp(data, "OggS", 4) == 0 && memcmp(data + 28, "\x01vorbis", 7) == 0;
}

char *mp_sound_file_read(const MpVfs *vfs, const char *path, size_t limit, size_t *size,
                         MpError *error)
{
    char *data = mp_vfs_read(vfs, path, limit, size, error);
    if (data && !is_wav(data, *size) && !is_vorbis(data, *size)) {
        mp_error_set(error, MP_FORMAT, "'%s' is neither Ogg Vorbis nor WAV", path);
        free(data);
        data = NULL;
    }
    return data;
}
