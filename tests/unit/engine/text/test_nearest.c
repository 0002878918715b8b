#include "text/nearest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const names[] = {"app", "channel", "poll", "telemetry", "url", NULL};

/* NULL: it resembles none of the names. */
static void expect(const char *word, const char *nearest)
{
    const char *found = mp_text_nearest(word, names);
    if (nearest)
        cr_assert_str_eq(found, nearest, "'%s'", word);
    else
        cr_assert_null(found, "'%s' is %s", word, found);
}

Test(nearest, a_name_is_nearest_to_itself) { expect("channel", "channel"); }

Test(nearest, one_or_two_letters_are_mistyped)
{
    expect("pol", "poll");
    expect("chanel", "channel");
    expect("telmetri", "telemetry");
    expect("URl", "url");
}

Test(nearest, what_has_nothing_of_a_name_resembles_none)
{
    expect("elephant", NULL);
    expect("", NULL);
    expect("x", NULL);
    expect("xyz", NULL);
}

Test(nearest, words_of_any_length_are_taken)
{
    char word[1000];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    expect(word, NULL);
    cr_assert_null(mp_text_nearest("app", (const char *const[]){word, NULL}));
}
