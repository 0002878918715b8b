#include "watch/settle.h"

void mp_settle_touch(MpSettle *settle, uint64_t now)
{
    if (!settle->changing)
        settle->first = now;
    settle->last = now;
    settle->changing = true;
}

bool mp_settle_take(MpSettle *settle, uint64_t now)
{
    if (!settle->changing)
        return false;
    if (now - settle->last < settle->quiet && now - settle->first < settle->longest)
        return false;
    settle->changing = false;
    return true;
}
