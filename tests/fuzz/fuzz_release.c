/*
 * Any bytes as a release's list of files, and as what is signed with it. What is accepted stays
 * below the folder that it is unpacked to, and within the limits.
 */
#include "fuzz.h"

#include "update/channel/offers.h"

#include <stdlib.h>
#include <string.h>

static void expect_safe(const MpRelease *release)
{
    fuzz_expect(release->count <= MP_RELEASE_FILE_LIMIT, "too many files");
    for (size_t i = 0; i < release->count; i++) {
        const MpReleaseFile *file = &release->files[i];
        fuzz_expect(file->path[0] && file->path[0] != '/', "a path that is absolute");
        fuzz_expect(strcmp(file->path, "..") != 0 && strncmp(file->path, "../", 3) != 0 &&
                        !strstr(file->path, "/../"),
                    "a path that leads upwards");
        fuzz_expect(file->length <= MP_RELEASE_OBJECT_LIMIT, "a file that is too large");
        fuzz_expect(i == 0 || strcmp(release->files[i - 1].path, file->path) < 0,
                    "a path that is there twice");
    }
}

static void read_offers(const char *text, size_t size)
{
    MpOffers offers;
    json_t *targets = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    const MpChannelClient client = {.app = "moonbase", .channel = "stable", .platform = "linux"};
    if (targets && mp_offers_read(targets, &offers, NULL)) {
        const MpOffer *chosen = mp_choose(&client, offers.list, offers.count);
        fuzz_expect(!chosen || !mp_offer_refusal(chosen, &client), "a choice that is refused");
        mp_cohorts_pick(&offers.cohorts, &client.install);
        mp_offers_finish(&offers);
    }
    json_decref(targets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpError error = {.status = MP_OK};
    MpRelease release;
    char *copy = fuzz_copy(data, size);
    if (mp_release_parse(copy, size, 7, &release, &error)) {
        expect_safe(&release);
        mp_release_finish(&release);
    } else {
        fuzz_expect(error.message[0], "a refusal without a reason");
    }
    read_offers(copy, size);
    free(copy);
    return 0;
}
