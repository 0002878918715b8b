#include "audio/voice_limit.h"

bool mp_voice_limit_allow(MpVoiceLimit *limit, double now)
{
    bool full = limit->count == MP_VOICE_LIMIT_STARTS;
    if (full && now - limit->starts[limit->oldest] < MP_VOICE_LIMIT_MS * 1e-3)
        return false;
    limit->starts[limit->oldest] = now;
    limit->oldest = (limit->oldest + 1) % MP_VOICE_LIMIT_STARTS;
    limit->count += !full;
    return true;
}
