#include "audio/sound_file.h"

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

bool mp_sound_file_check(const MpAssetFile *file, const char *path, MpError *error)
{
    if (is_wav(file->bytes, file->size) || is_vorbis(file->bytes, file->size))
        return true;
    mp_error_set(error, MP_FORMAT, "'%s' is neither Ogg Vorbis nor WAV", path);
    return false;
}
