#include "animal.gen.h"
#include "lion.gen.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(object, init_registers_and_finish_takes_out)
{
    Lion lion = {0};
    size_t before = mp_object_count();
    cr_assert(mp_object_init(&lion.animal.object, &mp_class_Lion));
    cr_assert_eq(mp_object_count(), before + 1);
    cr_assert_neq(lion.animal.object.index, 0);
    mp_object_finish(&lion.animal.object);
    cr_assert_eq(mp_object_count(), before);
    cr_assert_eq(lion.animal.object.index, 0);
}

Test(object, finish_takes_null_and_what_is_not_registered)
{
    MpObject object = {0};
    mp_object_finish(NULL);
    mp_object_finish(&object);
    mp_object_finish(&object);
    cr_assert_eq(mp_object_count(), 0);
}

Test(object, a_reused_place_has_another_generation)
{
    Animal first = {0}, second = {0};
    mp_object_init(&first.object, &mp_class_Animal);
    uint32_t index = first.object.index, generation = first.object.generation;
    mp_object_finish(&first.object);
    mp_object_init(&second.object, &mp_class_Animal);
    cr_assert_eq(second.object.index, index, "the place was not reused, so this proves nothing");
    cr_assert_neq(second.object.generation, generation);
    mp_object_finish(&second.object);
}

Test(object, is_follows_the_base_classes)
{
    Lion lion = {0};
    Animal animal = {0};
    mp_object_init(&lion.animal.object, &mp_class_Lion);
    mp_object_init(&animal.object, &mp_class_Animal);
    cr_expect(mp_object_is(&lion.animal.object, &mp_class_Lion));
    cr_expect(mp_object_is(&lion.animal.object, &mp_class_Animal));
    cr_expect(mp_object_is(&animal.object, &mp_class_Animal));
    cr_expect_not(mp_object_is(&animal.object, &mp_class_Lion));
    cr_expect_not(mp_object_is(NULL, &mp_class_Lion));
    cr_expect_str_eq(mp_object_class_name(&lion.animal.object), "Lion");
    mp_object_finish(&animal.object);
    mp_object_finish(&lion.animal.object);
}

Test(object, a_million_at_once)
{
    enum { COUNT = 1000000 };
    MpObject *objects = calloc(COUNT, sizeof *objects);
    for (size_t i = 0; i < COUNT; i++)
        cr_assert(mp_object_init(&objects[i], &mp_class_Animal));
    cr_assert_eq(mp_object_count(), COUNT);
    for (size_t i = 0; i < COUNT; i++)
        mp_object_finish(&objects[i]);
    cr_assert_eq(mp_object_count(), 0);
    free(objects);
}

Test(object, more_than_the_limit_is_refused)
{
    MpObject *objects = calloc(MP_OBJECT_LIMIT, sizeof *objects);
    size_t made = 0;
    while (made < MP_OBJECT_LIMIT && mp_object_init(&objects[made], &mp_class_Animal))
        made++;
    cr_assert_eq(made, MP_OBJECT_LIMIT - 1); /* place 0 is never used */
    cr_assert_eq(objects[made].index, 0);
    for (size_t i = 0; i < made; i++)
        mp_object_finish(&objects[i]);
    cr_assert(mp_object_init(&objects[0], &mp_class_Animal));
    free(objects);
}
