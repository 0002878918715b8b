/* What Prometheus reads. */
#include "host/metrics/metrics.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(MpMetrics *metrics, const char *line)
{
    char *text = mp_metrics_text(&metrics->now);
    cr_assert(strstr(text, line), "no '%s' in:\n%s", line, text);
    free(text);
}

static void note(MpMetrics *metrics, const char *id, MpPatchState state, bool changed, bool back)
{
    mp_metrics_note_patch(metrics, &(MpPatchEvent){.file = id,
                                                   .id = id,
                                                   .state = state,
                                                   .changed = changed,
                                                   .rolled_back = back,
                                                   .version = 2,
                                                   .cause = ""});
}

Test(metrics, ticks_are_counted_by_how_long_they_took)
{
    MpMetrics *metrics = mp_metrics_create(NULL);
    mp_metrics_observe_tick(metrics, 0.001);
    mp_metrics_observe_tick(metrics, 0.004);
    mp_metrics_observe_tick(metrics, 7);
    expect(metrics, "moonpatch_tick_seconds_bucket{le=\"0.001\"} 1\n");
    expect(metrics, "moonpatch_tick_seconds_bucket{le=\"0.005\"} 2\n");
    expect(metrics, "moonpatch_tick_seconds_bucket{le=\"1\"} 2\n");
    expect(metrics, "moonpatch_tick_seconds_bucket{le=\"+Inf\"} 3\n");
    expect(metrics, "moonpatch_tick_seconds_count 3\n");
    mp_metrics_destroy(metrics);
}

Test(metrics, what_became_of_patches)
{
    MpMetrics *metrics = mp_metrics_create(NULL);
    note(metrics, "good", MP_PATCH_TRIAL, true, false);
    note(metrics, "good", MP_PATCH_ACTIVE, false, false);
    note(metrics, "a\"b\\", MP_PATCH_REFUSED, false, false);
    note(metrics, "bad", MP_PATCH_QUARANTINED, true, false);
    note(metrics, "gone", MP_PATCH_TRIAL, true, false);
    note(metrics, "gone", MP_PATCH_REMOVED, true, false);
    expect(metrics, "\nmoonpatch_patch_commits_total 3\n");
    expect(metrics, "\nmoonpatch_patch_refusals_total 1\n");
    expect(metrics, "\nmoonpatch_patch_rollbacks_total 1\n");
    expect(metrics, "{id=\"good\",version=\"2\",state=\"active\"} 1\n");
    expect(metrics, "{id=\"a\\\"b\\\\\",version=\"2\",state=\"refused\"} 1\n");
    expect(metrics, "{id=\"bad\",version=\"2\",state=\"quarantined\"} 1\n");
    char *text = mp_metrics_text(&metrics->now);
    cr_assert_not(strstr(text, "gone"));
    free(text);
    mp_metrics_destroy(metrics);
}

Test(metrics, more_patches_than_are_told_of)
{
    MpMetrics *metrics = mp_metrics_create(NULL);
    for (int i = 0; i < 2 * MP_METRICS_PATCHES; i++) {
        char id[16];
        snprintf(id, sizeof id, "patch%d", i);
        note(metrics, id, MP_PATCH_TRIAL, true, false);
    }
    cr_assert_eq(metrics->now.patch_count, MP_METRICS_PATCHES);
    expect(metrics, "\nmoonpatch_patch_commits_total 128\n");
    mp_metrics_destroy(metrics);
}
