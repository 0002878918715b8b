#include "particles.gen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STREAM = 11 };

/* More than this at once is a program that was stopped, and nobody saw what would be made up. */
static const float longest_step = 1;

static bool is_nothing(const float pair[2]) { return pair[0] == 0 && pair[1] == 0; }

static bool is_no_color(const MpColor *color)
{
    return color->r == 0 && color->g == 0 && color->b == 0 && color->a == 0;
}

static void set_pair(float to[2], const float from[2], float otherwise)
{
    to[0] = is_nothing(from) ? otherwise : from[0];
    to[1] = is_nothing(from) ? otherwise : from[1];
}

static void set_colors(MpParticles *self, const MpParticleOptions *options)
{
    self->start_color =
        is_no_color(&options->start_color) ? (MpColor){1, 1, 1, 1} : options->start_color;
    self->end_color = options->end_color;
    if (is_no_color(&options->end_color)) {
        self->end_color = self->start_color;
        self->end_color.a = 0;
    }
    self->blend = options->blend;
}

static void configure(MpParticles *self, const MpParticleOptions *options)
{
    self->x = options->x;
    self->y = options->y;
    self->width = options->width;
    self->height = options->height;
    self->rate = options->rate;
    self->angle = options->angle;
    self->spread = options->spread;
    self->damping = options->damping;
    set_pair(self->lifetime, options->lifetime, 1);
    set_pair(self->speed, options->speed, 0);
    set_pair(self->gravity, options->gravity, 0);
    set_pair(self->size, options->size, options->texture ? (float)options->texture->width : 1);
    set_pair(self->rotation, options->rotation, 0);
    set_pair(self->spin, options->spin, 0);
    set_colors(self, options);
}

MpParticles *MP_NATIVE(mp_particles_new)(const MpParticleOptions *options, MpError *error)
{
    int capacity = options->capacity;
    if (capacity < 1 || capacity > MP_PARTICLE_LIMIT) {
        mp_error_set(error, MP_INVALID, "the capacity of particles is from 1 to %d, not %d",
                     MP_PARTICLE_LIMIT, capacity);
        return NULL;
    }
    MpParticles *self = calloc(1, sizeof *self);
    MpParticle *particles = calloc((size_t)capacity, sizeof *particles);
    if (!self || !particles) {
        mp_error_set(error, MP_MEMORY, "no memory for %d particles", capacity);
        free(self);
        free(particles);
        return NULL;
    }
    self->particles = particles;
    self->capacity = capacity;
    self->texture = options->texture;
    if (self->texture)
        mp_object_hold(&self->texture->object);
    configure(self, options);
    mp_pcg32_init(&self->chance, options->seed, STREAM);
    mp_object_init(&self->object, &mp_class_MpParticles);
    return self;
}

void MP_NATIVE(mp_particles_destroy)(MpParticles *self)
{
    mp_object_finish(&self->object);
    if (self->texture)
        mp_object_release(&self->texture->object);
    free(self->particles);
    free(self);
}

/* Through double, where the product is exact: the same on machines that multiply and add at once.
 */
static float between(MpPcg32 *chance, float low, float high)
{
    double span = (double)high - (double)low;
    return (float)((double)low + span * (double)mp_pcg32_unit(chance));
}

static float in_pair(MpPcg32 *chance, const float pair[2])
{
    return between(chance, pair[0], pair[1]);
}

/* Each one draws as many numbers as every other, so that a setting does not move the chance of
   what it has nothing to do with. */
static MpParticle bear(MpParticles *self, float x, float y)
{
    MpPcg32 *chance = &self->chance;
    float lifetime = in_pair(chance, self->lifetime);
    float speed = in_pair(chance, self->speed);
    float angle = between(chance, self->angle - self->spread / 2, self->angle + self->spread / 2);
    MpParticle particle = {.aging = lifetime > 0 ? 1 / lifetime : INFINITY};
    particle.x = between(chance, x - self->width / 2, x + self->width / 2);
    particle.y = between(chance, y - self->height / 2, y + self->height / 2);
    particle.angle = in_pair(chance, self->rotation);
    particle.spin = in_pair(chance, self->spin);
    particle.speed_x = (float)(cos((double)angle) * (double)speed);
    particle.speed_y = (float)(sin((double)angle) * (double)speed);
    return particle;
}

static int emit(MpParticles *self, int number, float x, float y)
{
    int room = self->capacity - self->count;
    int born = number < room ? number : room;
    for (int i = 0; i < born; i++)
        self->particles[self->count++] = bear(self, x, y);
    return born > 0 ? born : 0;
}

int MP_NATIVE(mp_particles_emit)(MpParticles *self, int number, float x, float y)
{
    return emit(self, number, x, y);
}

static void move(const MpParticles *self, MpParticle *particle, float seconds, float kept)
{
    particle->speed_x = (particle->speed_x + self->gravity[0] * seconds) * kept;
    particle->speed_y = (particle->speed_y + self->gravity[1] * seconds) * kept;
    particle->x += particle->speed_x * seconds;
    particle->y += particle->speed_y * seconds;
    particle->angle += particle->spin * seconds;
}

/* What lives on keeps its order: who is drawn above whom must not change when others die. */
static void move_all(MpParticles *self, float seconds)
{
    float kept = self->damping > 0 ? 1 / (1 + self->damping * seconds) : 1;
    int alive = 0;
    for (int i = 0; i < self->count; i++) {
        MpParticle particle = self->particles[i];
        particle.age += particle.aging * seconds;
        if (!(particle.age < 1))
            continue;
        move(self, &particle, seconds, kept);
        self->particles[alive++] = particle;
    }
    self->count = alive;
}

static void emit_due(MpParticles *self, float seconds)
{
    float due = self->due + (self->rate > 0 ? self->rate * seconds : 0);
    self->due = due < (float)self->capacity ? due : (float)self->capacity;
    int number = (int)self->due;
    self->due -= (float)number;
    emit(self, number, self->x, self->y);
}

void MP_NATIVE(mp_particles_update)(MpParticles *self, float seconds)
{
    if (!(seconds > 0))
        return;
    seconds = seconds < longest_step ? seconds : longest_step;
    move_all(self, seconds);
    emit_due(self, seconds);
}

void MP_NATIVE(mp_particles_clear)(MpParticles *self)
{
    self->count = 0;
    self->due = 0;
}
