#include "pool.h"

#include "bullet.gen.h"

#include <criterion/criterion.h>

enum { CAPACITY = 8 };

static Pool new_pool(void)
{
    Pool pool;
    cr_assert(pool_init(&pool, &mp_class_Bullet, sizeof(Bullet), CAPACITY, NULL));
    return pool;
}

Test(pool, gives_as_many_places_as_it_has)
{
    Pool pool = new_pool();
    for (int i = 0; i < CAPACITY; i++)
        cr_assert(pool_take(&pool));
    cr_assert_null(pool_take(&pool));
    cr_assert_eq(pool.count, CAPACITY);
    pool_finish(&pool);
    cr_assert_eq(mp_object_count(), 0);
}

Test(pool, sweeping_lets_go_of_the_removed_and_keeps_the_order)
{
    Pool pool = new_pool();
    Actor *actors[CAPACITY];
    for (int i = 0; i < CAPACITY; i++) {
        actors[i] = pool_take(&pool);
        actors[i]->removed = i % 3 == 0;
    }
    pool_sweep(&pool);
    cr_assert_eq(pool.count, 5);
    const int kept[] = {1, 2, 4, 5, 7};
    for (int i = 0; i < 5; i++)
        cr_assert_eq(pool.live[i], actors[kept[i]]);
    cr_assert_eq(mp_object_count(), 5);
    pool_finish(&pool);
}

Test(pool, a_place_used_again_is_empty_and_another_object)
{
    Pool pool = new_pool();
    Bullet *first = (Bullet *)pool_take(&pool);
    uint32_t index = first->actor.object.index, generation = first->actor.object.generation;
    first->damage = 7;
    first->actor.removed = true;
    pool_sweep(&pool);
    Bullet *second = (Bullet *)pool_take(&pool);
    cr_assert_eq(second, first, "the place was not reused, so this proves nothing");
    cr_assert_eq(second->damage, 0);
    cr_assert_not(second->actor.removed);
    cr_assert(second->actor.object.index != index || second->actor.object.generation != generation);
    pool_finish(&pool);
}

Test(pool, every_place_comes_back_whatever_is_removed_when)
{
    Pool pool = new_pool();
    for (int round = 0; round < 1000; round++) {
        while (pool_take(&pool))
            ;
        cr_assert_eq(pool.count, CAPACITY);
        for (int i = 0; i < CAPACITY; i++)
            pool.live[i]->removed = (round >> i % 5 ^ i) & 1;
        pool_sweep(&pool);
        for (int i = 0; i < pool.count; i++)
            for (int j = 0; j < i; j++)
                cr_assert_neq(pool.live[i], pool.live[j], "one place given twice");
    }
    pool_clear(&pool);
    cr_assert_eq(pool.count, 0);
    cr_assert_eq(mp_object_count(), 0);
    cr_assert_eq((unsigned char *)pool_take(&pool), pool.places);
    pool_finish(&pool);
}
