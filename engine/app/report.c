/*
 * report.c - figures of a run, as JSON for tests and scripts.
 */
#include "app/context.h"

#include "file/file.h"
#include "log/log.h"
#include "moonpatch/patch.h"
#include "text/utf8.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Causes and file names are anybody's bytes; JSON is UTF-8. */
static json_t *text_of(const char *bytes)
{
    char *text = mp_utf8_repair(bytes);
    json_t *string = text ? json_string(text) : NULL;
    free(text);
    return string;
}

static void append_patch(void *user, const MpPatchInfo *info)
{
    json_t *overrides = json_array();
    for (size_t i = 0; i < info->override_count; i++)
        json_array_append_new(overrides, text_of(info->overrides[i]));
    json_array_append_new(user, json_pack("{s:o, s:o, s:s, s:o, s:i, s:I, s:o}", "id",
                                          text_of(info->id), "file", text_of(info->file), "state",
                                          mp_patch_state_name(info->state), "overrides", overrides,
                                          "errors", (int)info->errors, "calls",
                                          (json_int_t)info->calls, "cause", text_of(info->cause)));
}

static json_t *frame_figures(const MpFrameTimes *times)
{
    MpFrameSummary summary = mp_frame_times_summary(times);
    return json_pack("{s:f, s:f, s:f, s:f}", "mean", summary.mean, "p50", summary.p50, "p99",
                     summary.p99, "max", summary.max);
}

/* JSON has no infinity, and nothing that is not a number. */
static json_t *score_of(MpApp *app)
{
    double score = 0;
    mp_app_ask(app, "score", ">n", &score);
    if (isfinite(score))
        return json_real(score);
    mp_log_warning("report: the game's score is %f, which JSON cannot say: it is null", score);
    return json_null();
}

static json_t *make_report(MpApp *app)
{
    json_t *patches = json_array();
    mp_patch_each(app->vm, append_patch, patches);
    return json_pack("{s:I, s:o, s:o, s:I, s:I, s:i, s:b, s:I, s:o}", "frames",
                     (json_int_t)app->frames, "score", score_of(app), "frame_ms",
                     frame_figures(&app->times), "lua_bytes", (json_int_t)mp_vm_memory(app->vm),
                     "objects", (json_int_t)mp_object_count(), "errors",
                     (int)(app->script_errors + mp_vm_errors(app->vm)), "jit",
                     (int)mp_vm_jit(app->vm), "seed", (json_int_t)app->seed, "patches", patches);
}

bool mp_app_write_report(MpApp *app, const char *path, MpError *error)
{
    json_t *report = make_report(app);
    char *text = report ? json_dumps(report, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
    json_decref(report);
    if (!text)
        mp_error_set(error, MP_MEMORY, "no memory for the report '%s'", path);
    bool ok = text && mp_file_write(path, text, strlen(text), error);
    free(text);
    return ok;
}
