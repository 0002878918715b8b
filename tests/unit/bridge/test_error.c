#include "moonpatch/error.h"

#include <criterion/criterion.h>
#include <string.h>

Test(error, set_writes_status_and_text_and_returns_the_status)
{
    MpError error;
    cr_assert_eq(mp_error_set(&error, MP_LIMIT, "%d is too many", 7), MP_LIMIT);
    cr_assert_eq(error.status, MP_LIMIT);
    cr_assert_str_eq(error.message, "7 is too many");
}

Test(error, nobody_needs_to_listen) { cr_assert_eq(mp_error_set(NULL, MP_IO, "lost"), MP_IO); }

Test(error, long_text_is_cut)
{
    MpError error;
    char text[2 * MP_ERROR_MESSAGE_SIZE];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    mp_error_set(&error, MP_IO, "%s", text);
    cr_assert_eq(strlen(error.message), MP_ERROR_MESSAGE_SIZE - 1);
}

Test(error, every_status_has_words)
{
#define CHECK(name, text) cr_expect_str_eq(mp_status_text(MP_##name), text);
    MP_STATUS_LIST(CHECK)
    cr_expect_str_eq(mp_status_text((MpStatus)999), "unknown status");
}
