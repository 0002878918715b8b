/*
 * graphics/particles.h - many small things that fly, fade and are gone: sparks, smoke, dust.
 *
 *     MpParticles *sparks = mp_particles_new(&(MpParticleOptions){
 *         .capacity = 500, .seed = 1, .lifetime = {0.3f, 0.8f}, .speed = {40, 120},
 *         .spread = 6.28f, .gravity = {0, 200}, .size = {4, 0}}, &error);
 *     mp_particles_emit(sparks, 20, x, y);
 *     each step:  mp_particles_update(sparks, 1 / 60.0f);
 *     each frame: mp_particles_draw(sparks, graphics, 0, 0);
 *     mp_object_release(&sparks->object);
 *
 * All settings but capacity and seed may be changed at any time; those of birth count for what is
 * emitted from then on. The same seed and the same calls give the same particles. Nothing is
 * allocated after the construction; what does not fit is not born.
 *
 * Angles are radians, clockwise; 0 is to the right. Pairs are {least, most}, of which each particle
 * gets its own between the two, or {at birth, at death}, between which each one changes evenly.
 *
 * Thread: all functions on the main thread.
 */
#ifndef MP_PARTICLES_H
#define MP_PARTICLES_H

#include "graphics/graphics.h"
#include "random/random.h"

/** Most particles of one system: as many as go into one draw call. */
enum { MP_PARTICLE_LIMIT = 16384 };

/** What particles are like. */
typedef struct MP_OPTIONS MpParticleOptions {
    MP_DEFAULT(1000) int capacity; /**< Most that are alive at a time, from 1 to 16384. */
    MP_DEFAULT(1) uint32_t seed;   /**< Of their chance. */
    MpTexture *texture;            /**< What each looks like; without one a square. */
    float x;                       /**< Where `rate` emits, pixels. */
    float y;                       /**< Where `rate` emits, pixels. */
    float width;                   /**< Of the area around there in which they are born, pixels. */
    float height;                  /**< Of that area, pixels. */
    float rate;                    /**< How many are emitted by themselves, a second. */
    float lifetime[2];             /**< Least and most, seconds; nothing: one second. */
    float speed[2];                /**< Least and most, pixels a second. */
    float angle;                   /**< Where they fly, radians. */
    float spread;                  /**< Of that direction, from side to side, radians. */
    float gravity[2];              /**< To the right and downwards, pixels a second squared. */
    float damping;                 /**< How much of the speed is lost, a second: 0 none. */
    float size[2];       /**< Width at birth and at death, pixels; nothing: the texture's. */
    float rotation[2];   /**< Least and most at birth, radians; squares do not turn. */
    float spin[2];       /**< Least and most, radians a second. */
    MpColor start_color; /**< At birth; nothing: white. */
    MpColor end_color;   /**< At death; nothing: as at birth, but faded out. */
    MpBlend blend;       /**< How they meet what is there. */
} MpParticleOptions;

/** One of them; the system's own. */
typedef struct MpParticle {
    float x, y;
    float speed_x, speed_y;
    float age;   /**< 0 at birth, 1 at death. */
    float aging; /**< How much of that a second. */
    float angle, spin;
} MpParticle;

/** A system of particles. */
typedef struct MP_CLASS MP_SHARED MpParticles {
    MpObject object;
    MP_PROPERTY float x, y;          /**< Where `rate` emits, pixels. */
    MP_PROPERTY float width, height; /**< Of the area around there in which they are born. */
    MP_PROPERTY float rate;          /**< How many are emitted by themselves, a second. */
    MP_PROPERTY float lifetime[2];   /**< Least and most, seconds. */
    MP_PROPERTY float speed[2];      /**< Least and most, pixels a second. */
    MP_PROPERTY float angle;         /**< Where they fly, radians. */
    MP_PROPERTY float spread;        /**< Of that direction, from side to side, radians. */
    MP_PROPERTY float gravity[2];    /**< To the right and downwards, pixels a second squared. */
    MP_PROPERTY float damping;       /**< How much of the speed is lost, a second. */
    MP_PROPERTY float size[2];       /**< Width at birth and at death, pixels. */
    MP_PROPERTY float rotation[2];   /**< Least and most at birth, radians. */
    MP_PROPERTY float spin[2];       /**< Least and most, radians a second. */
    MP_PROPERTY MpColor start_color; /**< At birth. */
    MP_PROPERTY MpColor end_color;   /**< At death. */
    MP_PROPERTY MpBlend blend;       /**< How they meet what is there. */
    MP_READONLY int count;           /**< How many are alive. */
    MP_READONLY int capacity;        /**< Most that are alive at a time. */
    MpTexture *texture;              /**< Held; NULL: squares. */
    MpPcg32 chance;
    float due; /**< What `rate` has not emitted yet, less than one particle. */
    MpParticle *particles;
} MpParticles;

/**
 * A system without particles.
 * Ownership: shared.
 * Errors: MP_INVALID for a capacity that is not from 1 to 16384, MP_MEMORY.
 */
MP_CONSTRUCTOR MpParticles *mp_particles_new(const MpParticleOptions *options, MpError *error);

/** Ends it. */
MP_DESTRUCTOR void mp_particles_destroy(MpParticles *self);

/** Emits up to `number` particles around `x`, `y`; returns how many there was room for. */
MP_LEAF int mp_particles_emit(MpParticles *self, int number, float x, float y);

/** Moves and ages all by `seconds`, and emits what `rate` asks for. */
MP_LEAF void mp_particles_update(MpParticles *self, float seconds);

/** Ends all particles; the system goes on. */
MP_LEAF void mp_particles_clear(MpParticles *self);

/**
 * Draws all particles, older ones first, `x` and `y` pixels from where they are. The colour that
 * is set multiplies theirs.
 */
MP_LEAF void mp_particles_draw(const MpParticles *self, MpGraphics *graphics, MP_DEFAULT(0) float x,
                               MP_DEFAULT(0) float y);

#endif
