#include "outside/outside.h"

#include <stddef.h>

bool mp_outside_is_closed(const MpOutside *outside) { return outside && outside->closed; }

char *mp_outside_ask(const MpOutside *outside, const char *question, MpOutsideSource *source,
                     void *source_user, MpError *error)
{
    if (mp_outside_is_closed(outside))
        return outside->answer(outside->user, question, error);
    MpError why = {.status = MP_OK};
    char *text = source(source_user, question, &why);
    if (outside && outside->note)
        outside->note(outside->user, question, text, &why);
    if (!text)
        mp_error_set(error, why.status, "%s", why.message);
    return text;
}
