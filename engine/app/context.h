/*
 * app/context.h - the running game, as the files of this folder share it.
 */
#ifndef MP_APP_CONTEXT_H
#define MP_APP_CONTEXT_H

#include "app/app.h"
#include "app/frame_times.h"
#include "app/halt.h"
#include "app/options.h"
#include "app/repeats.h"
#include "app/session.h"
#include "assets/assets.h"
#include "audio/audio.h"
#include "clock/meter.h"
#include "graphics/graphics.h"
#include "input/input.h"
#include "log/ring.h"
#include "moonpatch/patch.h"
#include "moonpatch/reload.h"
#include "moonpatch/vm.h"
#include "random/random.h"
#include "storage/storage.h"
#include "vfs/vfs.h"
#include "window/window.h"
#include "json/json.h"

typedef struct MpHangWatch MpHangWatch;
typedef struct MpPatchMemory MpPatchMemory;
typedef struct MpPatchMount MpPatchMount;
typedef struct MpStage MpStage;
typedef struct MpUpdates MpUpdates;
typedef struct MpWatch MpWatch;

/**
 * What a program around the runtime has of its own: a game its devices and its picture, a server
 * its sockets. All the rest (files, scripts, patches, rehearsals) is the same in both.
 */
typedef struct MpFront {
    const MpModule *module;           /**< The classes that scripts see, beside MpGame.module. */
    const MpGameMount *engine_mounts; /**< Folders below the engine's own; they lie lowest. */
    /** Opens what the scripts will find; in a rehearsal, without touching any device. */
    bool (*open)(MpApp *app, MpError *error);
    /** Makes it known to the VM. */
    void (*set_roots)(MpApp *app);
    /** The scripts failed: "in update". At the start they did not get to run at all. */
    void (*fail)(MpApp *app, const char *where, bool at_start, const MpError *error);
    /** Hears which code changed, before the scripts do. */
    void (*hear_patch)(MpApp *app, const MpPatchEvent *event);
    void (*hear_reload)(MpApp *app, const MpReloadEvent *event);
    /** Loads assets again, which may have changed; NULL: there are none. */
    void (*reload_assets)(MpApp *app, bool may_have_changed);
} MpFront;

struct MpApp {
    const MpGame *game;
    const MpFront *front;
    MpOptions options;
    uint32_t seed;

    MpVfs *vfs;
    uint32_t library_mounts; /**< The first ones are the engine's: their scripts are the library. */
    MpAssets *assets;
    MpStorage *storage;
    MpWindow *window;
    MpGraphics *graphics;
    MpAudio *audio;
    MpInput *input;
    MpRandom *random;
    MpJson *json;
    MpMeter *meter;
    MpLogRing *log;
    MpVm *vm;
    MpPatchMemory *memory; /* of patches, in earlier runs; none in a rehearsal */
    MpPatchMount *patches;
    MpUpdates *updates; /* from a channel; NULL: none */
    char *data_folder;  /* the game's */
    struct MpBundles *bundles;
    MpHangWatch *hang_watch;
    MpWatch *script_watch; /* of the folders that hold the game's scripts */
    MpWatch *asset_watch;  /* of those that hold anything else */
    MpStage *stage;        /* of a rehearsal; NULL: this is the game */
    MpSession *session;    /* that is recorded or replayed; NULL: neither */
    void *state;           /* the game's own */

    MpFrameTimes times;
    long frames;
    bool quit;
    bool playing;                       /* the game was started, or should have been */
    bool failed;                        /* it ended with an error */
    MpHalt *halt;                       /* NULL: its scripts never failed */
    uint32_t script_errors;             /* of the game's scripts; patches count their own */
    MpRepeats repeats;                  /* of their messages */
    char program[64];                   /* "moonbase 1.0" */
    bool can_tell;                      /* there are scripts, and they show lines */
    char notice[MP_ERROR_MESSAGE_SIZE]; /* for the player, as soon as there is a picture */
};

/* ---- runtime.c: what games and servers have in common -----------------------------------------
 */

/**
 * Opens files, the user folder with its log, and the patch folder. Errors: false; something is
 * wrong with the installation or on the command line.
 */
bool mp_app_open_files(MpApp *app, const char *program, MpError *error);

/** Opens the scripts, and the program's own C side. */
bool mp_app_open_game(MpApp *app, MpError *error);

/** Closes scripts and patches: no code of theirs runs any more. */
void mp_app_close_scripts(MpApp *app);

/** Closes what mp_app_open_files() opened. */
void mp_app_close_files(MpApp *app);

/**
 * Between two frames: applies what changed in the patch folder, and loads changed scripts and
 * assets again.
 */
void mp_app_poll_patches(MpApp *app);

/** Logs an error: one line for the terminal, all of it for the log file. Returns `code`. */
int mp_app_complain(const MpError *error, int code);

/* ---- rehearse.c: this program as the child of a rehearsal ----------------------------------- */

/** Rehearses, and ends the process; returns an exit code when it cannot. */
int mp_app_rehearse(MpApp *app, const char *program);

/** Hears which file is staged, and what became of it. */
void mp_stage_note_staging(MpStage *stage, const char *file);
void mp_stage_note_event(MpStage *stage, const MpPatchEvent *event);
void mp_stage_note_reload(MpStage *stage, const MpReloadEvent *event);

/** A copy of the script that is tried out in the place of `path`, for free(); NULL: there is none.
 */
char *mp_stage_read(const MpStage *stage, const char *path, size_t *size);

/* ---- data.c: finding and mounting the game's files ----------------------------------------- */

/**
 * Mounts the engine's and the game's folders, and the bundles that came with the game; watches
 * the folders.
 */
bool mp_app_mount_data(MpApp *app, MpError *error);

/* ---- script.c: the scripts' side ----------------------------------------------------------- */

/** Creates the VM and makes the engine and the game known to it. */
bool mp_app_open_scripts(MpApp *app, MpError *error);

/** Hears what becomes of patches and loose scripts. `user`: the MpApp. */
void mp_app_hear_patch(void *user, const MpPatchEvent *event);

/** Loads the game's scripts and lets them start. An error halts the game. */
void mp_app_start_scripts(MpApp *app);

/** A script as it is in effect, for free(). Errors: as mp_vfs_read. `user`: the MpApp. */
char *mp_app_read_script(void *user, const char *path, size_t *size, MpError *error);

/**
 * Calls a function of scripts/host.lua, unless the game stands still. An error halts the game; one
 * of a patch is logged, see app/repeats.h.
 */
void mp_app_call(MpApp *app, const char *function, const char *signature, ...);

/** The same for what is no part of the game: any error is logged. */
void mp_app_ask(MpApp *app, const char *function, const char *signature, ...);

/** Logs and counts an error of scripts that does not halt the program. */
void mp_app_report_error(MpApp *app, const MpError *error);

/** Tells the player one line, in the log and in the picture. `user`: the MpApp. */
void mp_app_tell(void *user, const char *line);

/* ---- loop.c ------------------------------------------------------------------------------- */

/** What the game's files say of gamepads, if it is new. */
void mp_app_read_mappings(MpApp *app);

/** MpFront.reload_assets of a game. */
void mp_app_reload_assets(MpApp *app, bool may_have_changed);

/** Runs frames until the player, the scripts or the command line end the game. */
void mp_app_run(MpApp *app);

/* ---- report.c ----------------------------------------------------------------------------- */

/** Writes the report of the run as JSON. */
bool mp_app_write_report(MpApp *app, const char *path, MpError *error);

#endif
