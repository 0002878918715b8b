/*
 * app/app.h - runs a game: the program around the engine's modules and the scripts.
 *
 *     static bool create(MpApp *app, void **state, MpError *error)
 *     {
 *         World *world = world_create(WORLD_CAPACITY, error);
 *         if (world)
 *             mp_app_set_root(app, "world", &world->object);
 *         *state = world;
 *         return world != NULL;
 *     }
 *
 *     int main(int argc, char **argv)
 *     {
 *         return mp_app_main(argc, argv, &(MpGame){
 *             .name = "moonbase", .title = "Moonbase", .module = &mp_module_moonbase,
 *             .create = create, .destroy = destroy, ...});
 *     }
 *
 * The command line is described in app/options.h, what a game's scripts look like in
 * docs/gameplay.md.
 *
 * Glossary
 *   step    one advance of the game's time by 1/60 second
 *   frame   one picture; none, one or several steps
 *   root    an object that scripts find as native.<name>
 */
#ifndef MP_APP_H
#define MP_APP_H

#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct MpApp MpApp;
typedef struct MpModule MpModule;

enum { MP_APP_STEPS_PER_SECOND = 60 };

/** A folder of the game's data and its place in the vfs. */
typedef struct MpGameMount {
    const char *folder;      /**< Below the data folder: "demo/scripts" */
    const char *mount_point; /**< "/scripts" */
} MpGameMount;

/** What the engine needs to know of a game. */
typedef struct MpGame {
    const char *name;          /**< Of the program; lower case. */
    const char *title;         /**< Of the window. */
    const char *version;       /**< "1.0" */
    const char *organisation;  /**< The folder of the user folder: "moonpatch" */
    const char *data_folder;   /**< Where the data is, unless MOONPATCH_DATA says otherwise. */
    const char *engine_folder; /**< Where the engine's scripts and assets are, if neither with the
                                    game's nor installed beside the program. May be NULL. */
    int width, height;         /**< Of the picture, pixels. */
    bool draws_pointer;        /**< The game draws its own; the system's is hidden. */
    const MpGameMount *mounts; /**< Lowest first; ends with a NULL folder. */
    const MpModule *module;    /**< The game's classes; NULL: it has none. */
    /** Creates the game's C side, after the engine's parts and before any script. May be NULL. */
    bool (*create)(MpApp *app, void **state, MpError *error);
    /** Destroys it, after the last script. `state` may be NULL. */
    void (*destroy)(void *state);
} MpGame;

/**
 * Runs the game from the command line to the end; returns the exit code: 0, 1 when the game could
 * not start or run, 2 for a mistake on the command line or in the installation.
 * Thread: the main thread, once per process.
 */
int mp_app_main(int argc, char **argv, const MpGame *game);

/** Lets scripts find `object` as native.<name>. To be called in MpGame.create. */
void mp_app_set_root(MpApp *app, const char *name, const MpObject *object);

/** The seed of this run: equal seeds and equal inputs give equal games. */
uint32_t mp_app_seed(const MpApp *app);

#endif
