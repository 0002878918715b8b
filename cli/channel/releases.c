#include "channel/releases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const MpOffer *first = a, *second = b;
    return (first->number > second->number) - (first->number < second->number);
}

static bool read_offer(const char *target, const json_t *description, MpOffer *offer,
                       MpError *error)
{
    MpError problem;
    offer->number = mp_release_number_of(target);
    if (mp_directives_parse(json_object_get(description, "custom"), &offer->directives, &problem))
        return true;
    mp_error_set(error, problem.status, "release %llu: %s", (unsigned long long)offer->number,
                 problem.message);
    return false;
}

bool mp_releases_read(const MpRepository *repository, MpReleases *releases, MpError *error)
{
    const char *target;
    json_t *description, *targets = json_object_get(repository->targets, "targets");
    *releases = (MpReleases){.list = calloc(json_object_size(targets) + 1, sizeof(MpOffer))};
    if (!releases->list) {
        mp_error_set(error, MP_MEMORY, "no memory for the list of releases");
        return false;
    }
    json_object_foreach (targets, target, description) {
        if (mp_release_number_of(target) &&
            !read_offer(target, description, &releases->list[releases->count++], error))
            return false;
    }
    qsort(releases->list, releases->count, sizeof *releases->list, compare);
    return true;
}

const MpOffer *mp_releases_find(const MpReleases *releases, long number, MpError *error)
{
    if (number == 0 && releases->count)
        return &releases->list[releases->count - 1];
    for (size_t i = 0; i < releases->count; i++) {
        if (releases->list[i].number == (MpReleaseNumber)number)
            return &releases->list[i];
    }
    if (releases->count)
        mp_error_set(error, MP_NOT_FOUND,
                     "there is no release %ld; moonpatch channel show lists them", number);
    else
        mp_error_set(error, MP_NOT_FOUND, "nothing is published yet");
    return NULL;
}

void mp_release_target(char target[MP_RELEASE_TARGET_SIZE], MpReleaseNumber number)
{
    snprintf(target, MP_RELEASE_TARGET_SIZE, "releases/%llu.json", (unsigned long long)number);
}

json_t *mp_release_directives(const MpRepository *repository, MpReleaseNumber number)
{
    char name[MP_RELEASE_TARGET_SIZE];
    mp_release_target(name, number);
    const json_t *targets = json_object_get(repository->targets, "targets");
    const json_t *custom = json_object_get(json_object_get(targets, name), "custom");
    return json_object_get(custom, "moonpatch");
}

bool mp_release_read(const MpRepository *repository, MpReleaseNumber number, MpRelease *release,
                     MpError *error)
{
    char name[MP_RELEASE_TARGET_SIZE];
    size_t size;
    mp_release_target(name, number);
    char *bytes = mp_repository_read(repository, name, &size, error);
    bool good = bytes && mp_release_parse(bytes, size, number, release, error);
    free(bytes);
    return good;
}
