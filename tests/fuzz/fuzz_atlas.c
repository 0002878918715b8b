/*
 * Any bytes as the list of an atlas. What is read has a picture among the game's files and frames
 * with names of their own, each a part of some picture; what is not must say why.
 */
#include "fuzz.h"

#include "graphics/atlas.h"

#include <stdlib.h>
#include <string.h>

static void check(const MpAtlasList *list)
{
    fuzz_expect(list->count >= 1 && list->count <= MP_ATLAS_FRAME_LIMIT, "a list without frames");
    fuzz_expect(list->image && *list->image != '/' && !strstr(list->image, ".."),
                "a picture that is not the game's");
    for (int i = 0; i < list->count; i++) {
        const MpFrame *frame = list->frames[i];
        fuzz_expect(frame->name && frame->source.x >= 0 && frame->source.y >= 0 &&
                        frame->source.width > 0 && frame->source.height > 0,
                    "a frame is no part of a picture");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpError error = {.status = MP_OK};
    MpAtlasList list = {0};
    char *text = fuzz_copy(data, size);
    if (mp_atlas_list_parse(text, size, "atlases/a.json", &list, &error))
        check(&list);
    else
        fuzz_expect(error.status != MP_OK && error.message[0], "a refusal without a reason");
    mp_atlas_list_finish(&list);
    free(text);
    return 0;
}
