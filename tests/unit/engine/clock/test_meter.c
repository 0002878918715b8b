/* Where frames' time goes, and which frame is which. */
#include "clock/clock.h"
#include "clock/meter.h"
#include "meter.gen.h"

#include <criterion/criterion.h>

static void spend(double seconds)
{
    double end = mp_clock_seconds() + seconds;
    while (mp_clock_seconds() < end) {
    }
}

Test(meter, each_part_has_its_time)
{
    MpMeter *meter = mp_meter_create(NULL);
    mp_meter_begin(meter);
    spend(0.004);
    mp_meter_mark(meter, MP_METER_UPDATE);
    mp_meter_mark(meter, MP_METER_DRAW);
    spend(0.002);
    mp_meter_mark(meter, MP_METER_UPDATE);
    mp_meter_end(meter, 1234);
    cr_expect_geq(mp_meter_read(meter, 1, MP_METER_UPDATE), 5.99f);
    cr_expect_lt(mp_meter_read(meter, 1, MP_METER_DRAW), mp_meter_read(meter, 1, MP_METER_UPDATE));
    cr_expect_eq(mp_meter_read(meter, 1, MP_METER_SHOW), 0);
    cr_expect_eq(meter->memory, 1234);
    mp_meter_destroy(meter);
}

Test(meter, frames_are_counted_back_and_the_oldest_go)
{
    MpMeter *meter = mp_meter_create(NULL);
    for (int i = 0; i < MP_METER_FRAMES + 5; i++) {
        mp_meter_begin(meter);
        meter->begun -= i; /* as if it had taken so many seconds */
        mp_meter_mark(meter, MP_METER_DRAW);
        mp_meter_end(meter, 0);
    }
    int last = MP_METER_FRAMES + 4;
    for (int i = 1; i < MP_METER_FRAMES; i++)
        cr_assert_float_eq(mp_meter_read(meter, i, MP_METER_DRAW), 1000.0 * (last - i + 1), 500);
    cr_expect_eq(mp_meter_read(meter, 0, MP_METER_DRAW), 0);
    cr_expect_eq(mp_meter_read(meter, MP_METER_FRAMES, MP_METER_DRAW), 0);
    cr_expect_eq(mp_meter_read(meter, 1, -1), 0);
    cr_expect_eq(mp_meter_read(meter, 1, MP_METER_PARTS), 0);
    mp_meter_destroy(meter);
}

static void play_sampled_frame(MpMeter *meter, uint32_t script, uint32_t native)
{
    static uint32_t all_script = 7, all_native = 7;
    mp_meter_begin(meter);
    mp_meter_note_samples(meter, MP_METER_PATCHES, all_script, all_native);
    mp_meter_note_samples(meter, MP_METER_UPDATE, all_script += script, all_native += native);
    mp_meter_end(meter, 0);
}

Test(meter, lua_has_a_share_of_each_part)
{
    MpMeter *meter = mp_meter_create(NULL);
    cr_expect_eq(mp_meter_share(meter, MP_METER_UPDATE), -1, "nothing is known");
    play_sampled_frame(meter, 1, 0);
    play_sampled_frame(meter, 0, 3);
    cr_expect_float_eq(mp_meter_share(meter, MP_METER_UPDATE), 0.25f, 1e-6f);
    cr_expect_eq(mp_meter_share(meter, MP_METER_DRAW), -1);
    for (int i = 0; i < MP_METER_FRAMES; i++)
        play_sampled_frame(meter, 0, 1);
    cr_expect_eq(mp_meter_share(meter, MP_METER_UPDATE), 0, "what is long ago is forgotten");
    cr_expect_eq(mp_meter_share(meter, -1), -1);
    cr_expect_eq(mp_meter_share(meter, MP_METER_PARTS), -1);
    mp_meter_destroy(meter);
}

Test(meter, takes_null) { mp_meter_destroy(NULL); }
