/*
 * harness.h - a VM with the zoo, for tests. What it writes down is the calling thread's.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "moonpatch/patch.h"
#include "moonpatch/table.h"
#include "moonpatch/vm.h"

/** What require "test" finds. */
extern _Thread_local const char *harness_script;

/** The blame of the last event that took a patch away, or refused it. */
extern _Thread_local MpPatchBlame harness_blame;

/** MpVmOptions.trial_frames of the next VM. */
extern _Thread_local uint32_t harness_trial_frames;

/** All lines of the log. */
extern _Thread_local char harness_log[1 << 14];

/** Creates a VM; fails the test when it cannot. */
MpVm *harness_open(void);

/** Calls a function of module "test" and returns its number; fails the test when it cannot. */
double harness_number(MpVm *vm, const char *function);

/** The table that module "test" returns, of that script; fails the test when there is none. */
MpTable *harness_table(MpVm *vm, const char *script);

/** Applies `text` as a patch file, NULL takes it away; returns why it was refused, or "". */
const char *harness_patch(MpVm *vm, const char *file, const char *text);

/** Expects a refusal, in one line, with these words. */
void harness_expect(bool ok, const MpError *error, MpStatus status, const char *words);

#endif
