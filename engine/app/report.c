/*
 * report.c - figures of a run, as JSON for tests and scripts.
 */
#include "app/context.h"

#include "file/file.h"
#include "moonpatch/patch.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void append_patch(void *user, const MpPatchInfo *info)
{
    json_t *overrides = json_array();
    for (size_t i = 0; i < info->override_count; i++)
        json_array_append_new(overrides, json_string(info->overrides[i]));
    json_array_append_new(
        user, json_pack("{s:s, s:s, s:s, s:o, s:i, s:I, s:s}", "id", info->id, "file", info->file,
                        "state", mp_patch_state_name(info->state), "overrides", overrides, "errors",
                        (int)info->errors, "calls", (json_int_t)info->calls, "cause", info->cause));
}

static json_t *frame_figures(const MpFrameTimes *times)
{
    MpFrameSummary summary = mp_frame_times_summary(times);
    return json_pack("{s:f, s:f, s:f, s:f}", "mean", summary.mean, "p50", summary.p50, "p99",
                     summary.p99, "max", summary.max);
}

static json_t *make_report(MpApp *app)
{
    double score = 0;
    mp_app_call(app, "score", ">n", &score);
    json_t *patches = json_array();
    mp_patch_each(app->vm, append_patch, patches);
    return json_pack("{s:I, s:f, s:o, s:I, s:I, s:i, s:b, s:I, s:o}", "frames",
                     (json_int_t)app->frames, "score", score, "frame_ms",
                     frame_figures(&app->times), "lua_bytes", (json_int_t)mp_vm_memory(app->vm),
                     "objects", (json_int_t)mp_object_count(), "errors",
                     (int)(app->script_errors + mp_vm_errors(app->vm)), "jit",
                     (int)mp_vm_jit(app->vm), "seed", (json_int_t)app->seed, "patches", patches);
}

bool mp_app_write_report(MpApp *app, const char *path, MpError *error)
{
    json_t *report = make_report(app);
    char *text = json_dumps(report, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    json_decref(report);
    bool ok = text && mp_file_write(path, text, strlen(text), error);
    free(text);
    return ok;
}
