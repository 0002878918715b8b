/*
 * cli/subcommand.h - one thing that the moonpatch command does.
 *
 * A subcommand is a file of its own that defines an MpSubcommand, and a row in main.c's table:
 *
 *     static int run(int argc, char **argv) { ... return MP_EXIT_OK; }
 *
 *     const MpSubcommand mp_subcommand_pack = {
 *         .name = "pack",
 *         .summary = "makes a bundle of a folder",
 *         .usage = "usage: moonpatch pack DIR -o FILE.zip\n...",
 *         .run = run,
 *     };
 *
 * --help is answered before run is called.
 */
#ifndef MP_CLI_SUBCOMMAND_H
#define MP_CLI_SUBCOMMAND_H

/** What the command exits with; scripts and CI rely on it. */
enum {
    MP_EXIT_OK = 0,
    MP_EXIT_FINDINGS = 1, /* it found what it looks for, or it failed */
    MP_EXIT_USAGE = 2,    /* it was called wrongly, and did nothing */
};

typedef struct MpSubcommand {
    const char *name;
    const char *summary; /* for `moonpatch --help`: no more than 56 characters, no full stop */
    const char *usage;   /* for `moonpatch NAME --help`: whole lines */
    /** Gets what follows the name, argv[argc] is NULL. Returns what the command exits with. */
    int (*run)(int argc, char **argv);
} MpSubcommand;

extern const MpSubcommand mp_subcommand_channel;
extern const MpSubcommand mp_subcommand_cohort;
extern const MpSubcommand mp_subcommand_diff;
extern const MpSubcommand mp_subcommand_gc;
extern const MpSubcommand mp_subcommand_halt;
extern const MpSubcommand mp_subcommand_keygen;
extern const MpSubcommand mp_subcommand_lint;
extern const MpSubcommand mp_subcommand_new;
extern const MpSubcommand mp_subcommand_pack;
extern const MpSubcommand mp_subcommand_publish;
extern const MpSubcommand mp_subcommand_refresh;
extern const MpSubcommand mp_subcommand_rollback;
extern const MpSubcommand mp_subcommand_rollout;
extern const MpSubcommand mp_subcommand_rotate;
extern const MpSubcommand mp_subcommand_run;
extern const MpSubcommand mp_subcommand_status;
extern const MpSubcommand mp_subcommand_verify;

#endif
