#include "input/control.h"

#include <criterion/criterion.h>

typedef struct Case {
    const char *name;
    int control;           /* -1: there is none */
    const char *canonical; /* NULL: the name itself */
} Case;

static const Case cases[] = {
    {"key:space", SDL_SCANCODE_SPACE, NULL},
    {"key:a", SDL_SCANCODE_A, NULL},
    {"KEY:Left Shift", SDL_SCANCODE_LSHIFT, "key:left shift"},
    {"key:left", SDL_SCANCODE_LEFT, NULL},
    {"mouse:left", MP_CONTROL_MOUSE, NULL},
    {"mouse:Right", MP_CONTROL_MOUSE + 2, "mouse:right"},
    {"mouse:x2", MP_CONTROL_MOUSE + 4, NULL},
    {"pad:a", MP_CONTROL_PAD + SDL_CONTROLLER_BUTTON_A, NULL},
    {"pad:dpup", MP_CONTROL_PAD + SDL_CONTROLLER_BUTTON_DPAD_UP, NULL},
    {"pad:leftx-", MP_CONTROL_PAD_AXIS, NULL},
    {"pad:leftx+", MP_CONTROL_PAD_AXIS + 1, NULL},
    {"pad:righttrigger", MP_CONTROL_PAD_AXIS + 11, "pad:righttrigger+"},
    {"pad:righttrigger+", MP_CONTROL_PAD_AXIS + 11, NULL},
    {"mouse:wheelup", MP_CONTROL_PULSE + 3, NULL},
    {"Mouse:WheelLeft", MP_CONTROL_PULSE, "mouse:wheelleft"},
    {"mouse:y-", MP_CONTROL_MOTION + 2, NULL},
    {"", -1, NULL},
    {"space", -1, NULL},
    {"key:", -1, NULL},
    {"key:nonsense", -1, NULL},
    {"mouse:", -1, NULL},
    {"mouse:wheel", -1, NULL},
    {"pad:", -1, NULL},
    {"pad:leftx", -1, NULL},
    {"pad:+leftx", -1, NULL},
    {"pad:-", -1, NULL},
    {"pad:righttrigger-", -1, NULL},
    {"pad:0123456789012345678901234567890123456789+", -1, NULL},
};

Test(control, has_a_name)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Case *c = &cases[i];
        cr_expect_eq(mp_control_find(c->name), c->control, "'%s'", c->name);
        char name[MP_CONTROL_NAME_SIZE];
        mp_control_name(c->control, name);
        if (c->control >= 0)
            cr_expect_str_eq(name, c->canonical ? c->canonical : c->name);
        else
            cr_expect_str_eq(name, "");
    }
}

Test(control, is_found_by_every_name_it_has)
{
    int named = 0;
    for (int control = 0; control < MP_CONTROL_COUNT; control++) {
        char name[MP_CONTROL_NAME_SIZE];
        mp_control_name(control, name);
        if (!name[0])
            continue;
        int found = mp_control_find(name);
        char again[MP_CONTROL_NAME_SIZE];
        mp_control_name(found, again);
        /* SDL gives some keys the same name; the first answers for all. */
        cr_expect_str_eq(again, name);
        named++;
    }
    cr_expect_gt(named, 200);
}
