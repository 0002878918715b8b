#include "graphics/particles.h"
#include "support/stage.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static Stage stage;

static void init(void) { stage_init(&stage); }

static void finish(void) { stage_finish(&stage); }

TestSuite(particles, .init = init, .fini = finish);

static MpParticles *create(MpParticleOptions options)
{
    MpError error;
    if (!options.capacity)
        options.capacity = 100;
    MpParticles *particles = mp_particles_new(&options, &error);
    cr_assert(particles, "%s", error.message);
    return particles;
}

static void release(MpParticles *particles) { mp_object_release(&particles->object); }

Test(particles, have_a_capacity)
{
    MpError error;
    static const int bad[] = {0, -1, MP_PARTICLE_LIMIT + 1};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_expect_null(mp_particles_new(&(MpParticleOptions){.capacity = bad[i]}, &error));
        cr_expect_eq(error.status, MP_INVALID);
        cr_expect(strstr(error.message, "from 1 to 16384"), "%s", error.message);
    }
    MpParticles *particles = create((MpParticleOptions){.capacity = 10});
    cr_expect_eq(mp_particles_emit(particles, 7, 0, 0), 7);
    cr_expect_eq(mp_particles_emit(particles, 7, 0, 0), 3);
    cr_expect_eq(mp_particles_emit(particles, 7, 0, 0), 0);
    cr_expect_eq(mp_particles_emit(particles, -7, 0, 0), 0);
    cr_expect_eq(particles->count, 10);
    mp_particles_clear(particles);
    cr_expect_eq(particles->count, 0);
    release(particles);
}

Test(particles, fly_as_speed_gravity_and_damping_say)
{
    MpParticles *particles = create((MpParticleOptions){
        .lifetime = {9, 9}, .speed = {10, 10}, .gravity = {0, 4}, .spin = {2, 2}});
    const MpParticle *first = particles->particles;
    mp_particles_emit(particles, 1, 5, 6);
    mp_particles_update(particles, 0.5f);
    cr_expect_float_eq(first->x, 10, 1e-5);
    cr_expect_float_eq(first->y, 7, 1e-5);
    cr_expect_float_eq(first->angle, 1, 1e-5);
    particles->damping = 2;
    particles->gravity[1] = 0;
    mp_particles_update(particles, 0.5f);
    cr_expect_float_eq(first->speed_x, 5, 1e-5);
    cr_expect_float_eq(first->x, 12.5, 1e-5);
    release(particles);
}

Test(particles, are_born_within_their_ranges)
{
    MpParticles *particles = create((MpParticleOptions){.capacity = 1000,
                                                        .width = 8,
                                                        .height = 2,
                                                        .lifetime = {2, 4},
                                                        .speed = {10, 30},
                                                        .angle = 1,
                                                        .spread = 0.5f,
                                                        .rotation = {-1, 1}});
    mp_particles_emit(particles, 1000, 100, 50);
    float least = 99, most = 0, left = 999, right = 0;
    for (int i = 0; i < 1000; i++) {
        const MpParticle *one = &particles->particles[i];
        float speed = hypotf(one->speed_x, one->speed_y);
        float angle = atan2f(one->speed_y, one->speed_x);
        least = fminf(least, speed);
        most = fmaxf(most, speed);
        left = fminf(left, one->x);
        right = fmaxf(right, one->x);
        cr_expect(angle > 0.74f && angle < 1.26f);
        cr_expect(one->aging >= 0.25f && one->aging <= 0.5f);
        cr_expect(fabsf(one->y - 50) <= 1 && fabsf(one->angle) <= 1);
    }
    cr_expect(least >= 9.99f && least < 11 && most <= 30.01f && most > 29);
    cr_expect(left >= 96 && left < 97 && right <= 104 && right > 103);
    release(particles);
}

Test(particles, die_in_order_and_leave_the_others_theirs)
{
    MpParticles *particles = create((MpParticleOptions){.lifetime = {1, 1}});
    mp_particles_emit(particles, 1, 1, 0);
    particles->lifetime[0] = particles->lifetime[1] = 0.25f;
    mp_particles_emit(particles, 1, 2, 0);
    particles->lifetime[0] = particles->lifetime[1] = 2;
    mp_particles_emit(particles, 1, 3, 0);
    mp_particles_update(particles, 0.25f);
    cr_assert_eq(particles->count, 2);
    cr_expect_eq(particles->particles[0].x, 1);
    cr_expect_eq(particles->particles[1].x, 3);
    mp_particles_update(particles, 0.75f);
    cr_expect_eq(particles->count, 1);
    particles->lifetime[0] = particles->lifetime[1] = -1;
    mp_particles_emit(particles, 5, 0, 0);
    mp_particles_update(particles, 0.001f);
    cr_expect_eq(particles->count, 1, "what has no lifetime ends at once");
    release(particles);
}

Test(particles, come_at_a_rate)
{
    MpParticles *particles =
        create((MpParticleOptions){.rate = 30, .lifetime = {99, 99}, .x = 7, .y = 8});
    for (int step = 0; step < 60; step++)
        mp_particles_update(particles, 1 / 60.0f);
    cr_expect(particles->count == 29 || particles->count == 30, "%d", particles->count);
    cr_expect_eq(particles->particles[0].x, 7);
    cr_expect_eq(particles->particles[0].y, 8);
    int before = particles->count;
    static const float bad[] = {-5, NAN, 0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        particles->rate = bad[i];
        mp_particles_update(particles, 0.02f);
        particles->rate = 30;
        mp_particles_update(particles, bad[i]);
    }
    cr_expect(particles->count <= before + 1);
    particles->rate = INFINITY;
    mp_particles_update(particles, INFINITY);
    cr_expect_eq(particles->count, 100);
    release(particles);
}

static uint64_t fingerprint(uint32_t seed)
{
    uint64_t hash = 1469598103934665603u;
    MpParticles *particles = create((MpParticleOptions){
        .seed = seed, .speed = {1, 9}, .spread = 6, .spin = {-1, 1}, .rate = 200, .damping = 1});
    for (int step = 0; step < 90; step++)
        mp_particles_update(particles, 1 / 60.0f);
    const unsigned char *bytes = (const unsigned char *)particles->particles;
    for (size_t i = 0; i < (size_t)particles->count * sizeof(MpParticle); i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    cr_expect(particles->count > 50);
    release(particles);
    return hash;
}

Test(particles, are_the_same_with_the_same_seed)
{
    cr_expect_eq(fingerprint(5), fingerprint(5));
    cr_expect_neq(fingerprint(5), fingerprint(6));
}

static void draw(const MpParticles *particles, float x, float y)
{
    stage_begin_frame(&stage);
    mp_graphics_set_color(stage.graphics, (MpColor){1, 1, 0.5f, 1});
    mp_particles_draw(particles, stage.graphics, x, y);
    mp_graphics_rectangle_fill(stage.graphics, 60, 60, 1, 1);
    stage_finish_frame(&stage);
}

Test(particles, change_size_and_colour_with_age)
{
    MpParticles *particles = create((MpParticleOptions){.lifetime = {1, 1},
                                                        .size = {8, 4},
                                                        .start_color = {1, 0, 1, 1},
                                                        .end_color = {0, 1, 1, 1}});
    mp_particles_emit(particles, 1, 20, 20);
    draw(particles, 0, 0);
    cr_expect_eq(stage_count_lit(&stage), 8 * 8 + 1);
    cr_expect_eq(stage_pixel(&stage, 16, 16), 0xFF0080, "%x", stage_pixel(&stage, 16, 16));
    cr_expect_eq(stage_pixel(&stage, 60, 60), 0xFFFF80, "the colour is as it was");
    mp_particles_update(particles, 0.5f);
    draw(particles, 20, 10);
    cr_expect_eq(stage_count_lit(&stage), 6 * 6 + 1);
    cr_expect_eq(stage_pixel(&stage, 42, 32), 0x808080, "%x", stage_pixel(&stage, 42, 32));
    release(particles);
}

Test(particles, fade_out_and_are_as_wide_as_their_picture_if_nothing_is_said)
{
    MpTexture *picture = stage_load(&stage, "p.png", 6, 4, stage_paint_white);
    MpParticles *particles = create((MpParticleOptions){.texture = picture});
    cr_expect_eq(particles->size[0], 6);
    cr_expect_eq(particles->lifetime[1], 1);
    cr_expect_eq(particles->end_color.a, 0);
    mp_particles_emit(particles, 1, 20, 20);
    draw(particles, 0, 0);
    cr_expect_eq(stage_count_lit(&stage), 6 * 4 + 1);
    cr_expect_eq(stage_pixel(&stage, 17, 18), 0xFFFF80);
    mp_particles_update(particles, 0.75f);
    draw(particles, 0, 0);
    cr_expect_eq(stage_pixel(&stage, 17, 18), 0x404020, "%x", stage_pixel(&stage, 17, 18));
    release(particles);
}

static void expect_one_call(MpTexture *picture)
{
    MpParticles *particles = create((MpParticleOptions){.capacity = 10000,
                                                        .texture = picture,
                                                        .width = 60,
                                                        .height = 60,
                                                        .size = {3, 3},
                                                        .rotation = {0, 6},
                                                        .blend = MP_BLEND_ADD});
    mp_particles_emit(particles, 10000, 32, 32);
    stage_begin_frame(&stage);
    mp_particles_draw(particles, stage.graphics, 0, 0);
    stage_finish_frame(&stage);
    cr_expect_eq(stage.graphics->draw_calls, 1);
    cr_expect_eq(stage.graphics->quads, 10000);
    release(particles);
}

Test(particles, take_one_draw_call)
{
    expect_one_call(NULL);
    expect_one_call(stage_load(&stage, "p.png", 3, 3, stage_paint_white));
}
