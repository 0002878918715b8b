#include "update/channel/offers.h"

#include <stdlib.h>

bool mp_offers_read(const json_t *targets, MpOffers *offers, MpError *error)
{
    const char *path;
    const json_t *custom = json_object_get(json_object_get(targets, "custom"), "moonpatch");
    json_t *entry, *entries = json_object_get(targets, "targets");
    MpOffers read = {.list = calloc(json_object_size(entries) + 1, sizeof *read.list)};
    if (!read.list) {
        mp_error_set(error, MP_MEMORY, "no memory for the releases of a channel");
        return false;
    }
    json_object_foreach (entries, path, entry) {
        MpOffer *offer = &read.list[read.count];
        offer->number = mp_release_number_of(path);
        read.count += offer->number && mp_directives_parse(json_object_get(entry, "custom"),
                                                           &offer->directives, NULL);
    }
    if (!mp_cohorts_parse(custom, &read.cohorts, error)) {
        mp_offers_finish(&read);
        return false;
    }
    *offers = read;
    return true;
}

void mp_offers_finish(MpOffers *offers)
{
    free(offers->list);
    *offers = (MpOffers){0};
}
