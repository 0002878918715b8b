#include "audio/voice_limit.h"

#include <criterion/criterion.h>

Test(voice_limit, lets_four_start_at_once)
{
    MpVoiceLimit limit = {0};
    for (int i = 0; i < 4; i++)
        cr_expect(mp_voice_limit_allow(&limit, 0.001 * i));
    cr_expect_not(mp_voice_limit_allow(&limit, 0.010));
    cr_expect_not(mp_voice_limit_allow(&limit, 0.029));
    cr_expect(mp_voice_limit_allow(&limit, 0.0301), "the first is long enough ago");
    cr_expect_not(mp_voice_limit_allow(&limit, 0.0302));
    cr_expect(mp_voice_limit_allow(&limit, 5));
}
