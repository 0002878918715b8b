#include "results.h"

#include "machine.h"

#include <math.h>
#include <string.h>

/* A case, with NAN and NULL for what it does not have. Text is the JSON's. */
typedef struct Case {
    const char *group, *name, *unit, *baseline_name, *sense;
    double value, baseline, ratio, limit;
} Case;

static bool read_case(json_t *entry, Case *c, json_error_t *error)
{
    *c = (Case){.baseline = NAN, .ratio = NAN, .limit = NAN};
    if (json_unpack_ex(entry, error, 0, "{s:s, s:s, s:s, s:F, s?F, s?s, s?F, s?F, s?s !}", "group",
                       &c->group, "name", &c->name, "unit", &c->unit, "value", &c->value,
                       "baseline", &c->baseline, "baseline_name", &c->baseline_name, "ratio",
                       &c->ratio, "limit", &c->limit, "sense", &c->sense) != 0)
        return false;
    bool compared = !isnan(c->ratio), claimed = !isnan(c->limit);
    const char *fault = NULL;
    if (compared != !isnan(c->baseline) || compared != (c->baseline_name != NULL))
        fault = "baseline, baseline_name and ratio come together";
    else if (claimed != (c->sense != NULL))
        fault = "limit and sense come together";
    else if (claimed && strcmp(c->sense, "max") != 0 && strcmp(c->sense, "min") != 0)
        fault = "sense is \"max\" or \"min\"";
    if (fault)
        snprintf(error->text, sizeof error->text, "%s: %s", c->name, fault);
    return !fault;
}

static bool is_met(const Case *c)
{
    double figure = isnan(c->ratio) ? c->value : c->ratio;
    return strcmp(c->sense, "max") == 0 ? figure <= c->limit : figure >= c->limit;
}

/* ---- files -------------------------------------------------------------------------------- */

json_t *results_create(void)
{
    char machine[512];
    machine_describe(machine, sizeof machine);
    return json_pack("{s:s, s:[]}", "machine", machine, "cases");
}

static bool check_form(json_t *results, json_error_t *error)
{
    const char *machine;
    json_t *cases, *entry;
    size_t index;
    if (json_unpack_ex(results, error, 0, "{s:s, s:o}", "machine", &machine, "cases", &cases) != 0)
        return false;
    if (!json_is_array(cases)) {
        snprintf(error->text, sizeof error->text, "cases: a list expected");
        return false;
    }
    json_array_foreach (cases, index, entry) {
        Case c;
        if (!read_case(entry, &c, error))
            return false;
    }
    return true;
}

json_t *results_load(const char *path)
{
    json_error_t error;
    json_t *results = json_load_file(path, 0, &error);
    if (results && check_form(results, &error))
        return results;
    fprintf(stderr, "bench: %s: these are no results of a benchmark: %s\n", path, error.text);
    json_decref(results);
    return NULL;
}

bool results_save(const json_t *results, const char *path)
{
    if (json_dump_file(results, path, JSON_INDENT(2) | JSON_REAL_PRECISION(5)) == 0)
        return true;
    fprintf(stderr, "bench: cannot write %s\n", path);
    return false;
}

/* ---- for people --------------------------------------------------------------------------- */

/* Three digits that count: "0", "0.49", "27.6", "1380". */
static const char *figure_text(double figure, char *text, size_t size)
{
    int decimals = figure < 0 || figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
    snprintf(text, size, "%.*f", figure == 0 ? 0 : decimals, figure);
    return text;
}

static const char *sense_text(const Case *c)
{
    return strcmp(c->sense, "max") == 0 ? "at most" : "at least";
}

/* The width that printf needs for a column: it counts bytes, and people characters. */
static int column(const char *text, int width)
{
    for (; *text; text++)
        width += (*text & 0xC0) == 0x80;
    return width;
}

static void print_row(const Case *c)
{
    char value[32], baseline[32], against[128] = "", ratio[32] = "", claim[64] = "";
    if (!isnan(c->ratio)) {
        figure_text(c->baseline, baseline, sizeof baseline);
        snprintf(against, sizeof against, "%s %s", baseline, c->baseline_name);
        snprintf(ratio, sizeof ratio, "%.2fx", c->ratio);
    }
    if (!isnan(c->limit))
        snprintf(claim, sizeof claim, "%s %.2f%s", sense_text(c), c->limit,
                 is_met(c) ? "" : "  MISSED");
    printf("%-*s %8s %-12s %-*s %8s  %s\n", column(c->name, 39), c->name,
           figure_text(c->value, value, sizeof value), c->unit, column(against, 46), against, ratio,
           claim);
    fflush(stdout);
}

bool results_add(json_t *results, json_t *entry)
{
    Case c;
    json_error_t error;
    bool valid = read_case(entry, &c, &error);
    if (valid)
        print_row(&c);
    else
        fprintf(stderr, "bench: a case without the form of one: %s\n", error.text);
    json_array_append_new(json_object_get(results, "cases"), entry);
    return valid;
}

/* Calls visit for every case of the group; of all groups for NULL. */
static void each_case(const json_t *results, const char *group, void (*visit)(void *, const Case *),
                      void *user)
{
    size_t index;
    json_t *entry;
    json_array_foreach (json_object_get(results, "cases"), index, entry) {
        Case c;
        json_error_t error;
        if (read_case(entry, &c, &error) && (!group || strcmp(c.group, group) == 0))
            visit(user, &c);
    }
}

typedef struct Verdict {
    int claimed, missed;
} Verdict;

static void judge(void *user, const Case *c)
{
    Verdict *verdict = user;
    if (isnan(c->limit))
        return;
    verdict->claimed++;
    if (is_met(c))
        return;
    verdict->missed++;
    printf("MISSED %s: %s: %.2f, must be %s %.2f\n", c->group, c->name,
           isnan(c->ratio) ? c->value : c->ratio, sense_text(c), c->limit);
}

int results_verdict(const json_t *results)
{
    Verdict verdict = {0, 0};
    each_case(results, NULL, judge, &verdict);
    printf("%d of %d limits met\n", verdict.claimed - verdict.missed, verdict.claimed);
    return verdict.missed;
}

static void print_markdown_row(void *user, const Case *c)
{
    (void)user;
    char figure[32];
    printf("| %s | %s %s |", c->name, figure_text(c->value, figure, sizeof figure), c->unit);
    if (isnan(c->ratio))
        printf(" | |");
    else
        printf(" %s, %s %s | %.2f |", c->baseline_name,
               figure_text(c->baseline, figure, sizeof figure), c->unit, c->ratio);
    if (isnan(c->limit))
        printf(" |\n");
    else
        printf(" %s %.2f |\n", sense_text(c), c->limit);
}

void results_markdown(const json_t *results, const char *group)
{
    printf("Measured on %s.\n\n", json_string_value(json_object_get(results, "machine")));
    printf("| work | took | against | ratio | must be |\n| --- | --- | --- | --- | --- |\n");
    each_case(results, group, print_markdown_row, NULL);
}
