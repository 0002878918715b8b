/*
 * results.h - what a benchmark found, as it stands in bench.json, and how people see it.
 *
 *     {"machine": "...", "cases": [
 *       {"group": "bridge", "name": "leaf method", "unit": "ns", "value": 3.8,
 *        "baseline": 3.7, "baseline_name": "raw FFI call", "ratio": 1.03,
 *        "limit": 1.10, "sense": "max"}]}
 *
 * A case always has group, name, unit and value. What was compared has baseline, baseline_name and
 * ratio (value / baseline). A claim has a limit for the ratio, or for the value where there is no
 * ratio, and a sense: "max" for at most, "min" for at least.
 */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/** New results without a case; the caller's, to be freed with json_decref(). */
json_t *results_create(void);

/**
 * Reads a results file. NULL: it cannot be read or has not the form above; the reason was printed
 * on stderr. The caller frees it with json_decref().
 */
json_t *results_load(const char *path);

/** Writes a results file. False: it cannot be written; the reason was printed on stderr. */
bool results_save(const json_t *results, const char *path);

/**
 * Adds a case, which is taken over, and prints it as a row of the table. False: it has not the form
 * of a case; the reason was printed on stderr.
 */
bool results_add(json_t *results, json_t *entry);

/** Prints how many limits were met, and each that was missed; returns how many were missed. */
int results_verdict(const json_t *results);

/** Prints the cases of the group as a Markdown table; all groups for NULL. */
void results_markdown(const json_t *results, const char *group);

#endif
