#include "host/metrics/metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double bounds[MP_METRICS_BUCKETS] = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                  0.01,   0.025,   0.05,   0.1,   0.25,   1};

void mp_metrics_observe_tick(MpMetrics *self, double seconds)
{
    size_t bucket = 0;
    while (bucket < MP_METRICS_BUCKETS && seconds > bounds[bucket])
        bucket++;
    self->now.ticks[bucket]++;
    self->now.tick_seconds += seconds;
}

/* ---- patches ------------------------------------------------------------------------------ */

static MpMetricsPatch *find_patch(MpMetricsFigures *figures, const char *id)
{
    for (size_t i = 0; i < figures->patch_count; i++) {
        if (strncmp(figures->patches[i].id, id, sizeof figures->patches[i].id - 1) == 0)
            return &figures->patches[i];
    }
    if (figures->patch_count == MP_METRICS_PATCHES)
        return NULL;
    MpMetricsPatch *patch = &figures->patches[figures->patch_count++];
    snprintf(patch->id, sizeof patch->id, "%s", id);
    return patch;
}

void mp_metrics_note_patch(MpMetrics *self, const MpPatchEvent *event)
{
    bool took_back = event->rolled_back || (event->state == MP_PATCH_QUARANTINED && event->changed);
    if (took_back)
        self->now.patch_rollbacks_total++;
    else if (event->state == MP_PATCH_REFUSED)
        self->now.patch_refusals_total++;
    else if (event->changed)
        self->now.patch_commits_total++;
    MpMetricsPatch *patch = find_patch(&self->now, event->id);
    if (!patch)
        return;
    patch->state = event->state;
    patch->version = event->version;
    if (event->state == MP_PATCH_REMOVED)
        *patch = self->now.patches[--self->now.patch_count];
}

/* ---- text --------------------------------------------------------------------------------- */

static void write_figures(FILE *out, const MpMetricsFigures *figures)
{
#define WRITE(name, type, help)                                                     \
    fprintf(out,                                                                    \
            "# HELP moonpatch_" #name " " help "\n# TYPE moonpatch_" #name " " type \
            "\nmoonpatch_" #name " %llu\n",                                         \
            (unsigned long long)figures->name);
    MP_METRICS_FIGURES(WRITE)
#undef WRITE
}

static void write_ticks(FILE *out, const MpMetricsFigures *figures)
{
    unsigned long long sum = 0;
    fprintf(out, "# HELP moonpatch_tick_seconds How long ticks took, patches included.\n"
                 "# TYPE moonpatch_tick_seconds histogram\n");
    for (size_t i = 0; i < MP_METRICS_BUCKETS; i++) {
        sum += figures->ticks[i];
        fprintf(out, "moonpatch_tick_seconds_bucket{le=\"%g\"} %llu\n", bounds[i], sum);
    }
    sum += figures->ticks[MP_METRICS_BUCKETS];
    fprintf(out,
            "moonpatch_tick_seconds_bucket{le=\"+Inf\"} %llu\nmoonpatch_tick_seconds_sum %.9f\n"
            "moonpatch_tick_seconds_count %llu\n",
            sum, figures->tick_seconds, sum);
}

/* A name of a file may hold any byte. */
static void write_label(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            fputs("\\n", out);
        else
            fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    }
}

static void write_patches(FILE *out, const MpMetricsFigures *figures)
{
    fprintf(out, "# HELP moonpatch_patch_info Patches and loose scripts, by id, version, state.\n"
                 "# TYPE moonpatch_patch_info gauge\n");
    for (size_t i = 0; i < figures->patch_count; i++) {
        const MpMetricsPatch *patch = &figures->patches[i];
        fputs("moonpatch_patch_info{id=\"", out);
        write_label(out, patch->id);
        fprintf(out, "\",version=\"%g\",state=\"%s\"} 1\n", patch->version,
                mp_patch_state_name(patch->state));
    }
}

char *mp_metrics_text(const MpMetricsFigures *figures)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    write_figures(out, figures);
    write_ticks(out, figures);
    write_patches(out, figures);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}
