#include "app/repeats.h"

#include "log/log.h"

#include <stdio.h>
#include <string.h>

static MpRepeat *find(MpRepeats *repeats, const char *message)
{
    for (size_t i = 0; i < MP_REPEATS_REMEMBERED; i++) {
        MpRepeat *each = &repeats->told[i];
        if (each->times && strcmp(each->message, message) == 0)
            return each;
    }
    return NULL;
}

static void forget(MpRepeat *repeat)
{
    if (repeat->times > 1)
        mp_log_error("%lu times: %.*s", repeat->times, (int)strcspn(repeat->message, "\n"),
                     repeat->message);
    repeat->times = 0;
}

static bool may_tell(MpRepeats *repeats, double now)
{
    if (now - repeats->second >= 1) {
        repeats->second = now;
        repeats->in_second = 0;
    }
    return repeats->in_second++ < MP_REPEATS_PER_SECOND;
}

bool mp_repeats_note(MpRepeats *repeats, const char *message, double now)
{
    MpRepeat *known = find(repeats, message);
    if (known) {
        known->times++;
        return false;
    }
    if (!may_tell(repeats, now)) {
        repeats->left_out++;
        return false;
    }
    MpRepeat *place = &repeats->told[repeats->next];
    repeats->next = (repeats->next + 1) % MP_REPEATS_REMEMBERED;
    forget(place);
    place->times = 1;
    snprintf(place->message, sizeof place->message, "%s", message);
    return true;
}

void mp_repeats_finish(MpRepeats *repeats)
{
    for (size_t i = 0; i < MP_REPEATS_REMEMBERED; i++)
        forget(&repeats->told[i]);
    if (repeats->left_out)
        mp_log_error("%lu more errors, too many in a second to tell of each", repeats->left_out);
    *repeats = (MpRepeats){0};
}
