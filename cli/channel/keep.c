#include "channel/keep.h"

size_t mp_keep_live(const MpReleases *releases)
{
    size_t live = 0;
    for (size_t i = 0; i < releases->count; i++)
        live += !releases->list[i].directives.halted;
    return live;
}

/* There are `keep` live ones from it on; 0: there are fewer. */
static size_t oldest_kept(const MpReleases *releases, long keep)
{
    for (size_t i = releases->count; i-- > 0;) {
        keep -= !releases->list[i].directives.halted;
        if (keep == 0)
            return i;
    }
    return 0;
}

/* Whether everybody who may have `older` is offered `newer`. */
static bool covers(const MpDirectives *newer, const MpDirectives *older)
{
    return !newer->halted && newer->rollout.percent == 100 && !newer->cohort[0] &&
           newer->platform_count == 0 && newer->min_api <= older->min_api &&
           newer->max_api >= older->max_api;
}

static bool is_covered(const MpReleases *releases, size_t index)
{
    for (size_t i = index + 1; i < releases->count; i++) {
        if (covers(&releases->list[i].directives, &releases->list[index].directives))
            return true;
    }
    return false;
}

const char *mp_keep_reason(const MpReleases *releases, size_t index, long keep)
{
    const MpDirectives *its = &releases->list[index].directives;
    bool is_new = index >= oldest_kept(releases, keep);
    if (its->halted)
        return is_new ? "it is halted, and may be live again" : NULL;
    if (is_new)
        return "it is one of the newest live ones";
    if (its->pin)
        return "it is pinned";
    return is_covered(releases, index) ? NULL : "no newer one is for everybody who may have it";
}
