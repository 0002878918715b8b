/* The benchmark from the outside: its files, its verdicts, its messages. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/test-bench-XXXXXX";
static char results_path[64];
static char said[1 << 16]; /* what the last run printed */

static void open_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(results_path, sizeof results_path, "%s/results.json", folder);
}

static void close_folder(void)
{
    remove(results_path);
    rmdir(folder);
}

TestSuite(bench, .init = open_folder, .fini = close_folder);

/* Runs the benchmark with the arguments; its exit code. */
static int run(const char *arguments)
{
    char command[512];
    snprintf(command, sizeof command, "'%s' %s 2>&1", getenv("MP_BENCH"), arguments);
    FILE *pipe = popen(command, "r");
    cr_assert_not_null(pipe);
    size_t size = fread(said, 1, sizeof said - 1, pipe);
    said[size] = '\0';
    int status = pclose(pipe);
    cr_assert(WIFEXITED(status), "%s died:\n%s", command, said);
    return WEXITSTATUS(status);
}

/* The same with the path of the results file after the arguments. */
static int run_on_results(const char *arguments)
{
    char all[256];
    snprintf(all, sizeof all, "%s '%s'", arguments, results_path);
    return run(all);
}

static void write_results(const char *text)
{
    FILE *file = fopen(results_path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* ---- what a run writes -------------------------------------------------------------------- */

static const json_t *find_case(const json_t *cases, const char *group, const char *name)
{
    size_t index;
    const json_t *entry;
    json_array_foreach (cases, index, entry) {
        if (strcmp(json_string_value(json_object_get(entry, "group")), group) == 0 &&
            strcmp(json_string_value(json_object_get(entry, "name")), name) == 0)
            return entry;
    }
    return NULL;
}

static bool has_text(const json_t *entry, const char *key)
{
    return json_string_length(json_object_get(entry, key)) > 0;
}

static bool has_number(const json_t *entry, const char *key)
{
    const json_t *number = json_object_get(entry, key);
    return json_is_number(number) && isfinite(json_number_value(number));
}

/* The form that docs/benchmarks.md promises. */
static void check_form(const json_t *entry)
{
    char *text = json_dumps(entry, JSON_COMPACT);
    cr_expect(has_text(entry, "group") && has_text(entry, "name") && has_text(entry, "unit"), "%s",
              text);
    cr_expect(has_number(entry, "value"), "%s", text);
    size_t keys = 4;
    if (json_object_get(entry, "ratio")) {
        keys += 3;
        cr_expect(has_number(entry, "baseline") && has_text(entry, "baseline_name"), "%s", text);
        double quotient = json_number_value(json_object_get(entry, "value")) /
                          json_number_value(json_object_get(entry, "baseline"));
        double ratio = json_number_value(json_object_get(entry, "ratio"));
        cr_expect(fabs(quotient - ratio) <= 0.001 * ratio, "one round, so one ratio: %s", text);
    }
    if (json_object_get(entry, "limit")) {
        keys += 2;
        const char *sense = json_string_value(json_object_get(entry, "sense"));
        cr_expect(has_number(entry, "limit"), "%s", text);
        cr_expect(sense && (strcmp(sense, "max") == 0 || strcmp(sense, "min") == 0), "%s", text);
    }
    cr_expect_eq(json_object_size(entry), keys, "%s", text);
    free(text);
}

static bool is_missed(const json_t *entry)
{
    const json_t *limit = json_object_get(entry, "limit"), *ratio = json_object_get(entry, "ratio");
    if (!limit)
        return false;
    double figure = json_number_value(ratio ? ratio : json_object_get(entry, "value"));
    return strcmp(json_string_value(json_object_get(entry, "sense")), "max") == 0
               ? figure > json_number_value(limit)
               : figure < json_number_value(limit);
}

static void expect_claims(const json_t *cases)
{
    static const struct {
        const char *name;
        double limit;
    } claims[] = {
        {"leaf method", 1.10},
        {"property read", 1.25},
        {"property write", 1.25},
        {"default method", 1.00},
        {"C through an unpatched slot", 1.10},
        {"C to a patched method", 1.20},
        {"Lua to a patched method", 1.15},
        {"value in, value out", 0},
        {"resolve, 1,000,000 live, from Lua", 2.0},
        {"resolve, 1,000,000 live, in C", 2.0},
    };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        const json_t *entry = find_case(cases, "bridge", claims[i].name);
        cr_expect_not_null(entry, "no case '%s'", claims[i].name);
        cr_expect_float_eq(json_number_value(json_object_get(entry, "limit")), claims[i].limit,
                           1e-9, "%s", claims[i].name);
    }
}

Test(bench, a_quick_run_writes_the_documented_form_and_check_tells_missed_limits)
{
    int code = run_on_results("--quick --check --json");
    json_error_t error;
    json_t *results = json_load_file(results_path, 0, &error);
    cr_assert_not_null(results, "exit code %d:\n%s", code, said);
    cr_expect(has_text(results, "machine"));
    json_t *cases = json_object_get(results, "cases"), *entry;
    int missed = 0;
    size_t index;
    json_array_foreach (cases, index, entry) {
        check_form(entry);
        missed += is_missed(entry);
        cr_expect_eq(find_case(cases, json_string_value(json_object_get(entry, "group")),
                               json_string_value(json_object_get(entry, "name"))),
                     entry, "the name of case %zu is not its own", index);
    }
    cr_expect(json_array_size(cases) > 150, "%zu cases", json_array_size(cases));
    cr_expect_eq(code, missed > 0, "exit code %d, %d missed:\n%s", code, missed, said);
    expect_claims(cases);
    json_decref(results);
}

/* ---- judging ------------------------------------------------------------------------------ */

#define RESULTS(entry) "{\"machine\": \"this\", \"cases\": [" entry "]}"
#define NAMED          "\"group\": \"g\", \"name\": \"work\", \"unit\": \"ns\", "
#define COMPARED       "\"baseline\": 1, \"baseline_name\": \"other work\", "

static const struct Verdict {
    const char *results;
    int code;
    const char *said;
} verdicts[] = {
    {RESULTS(""), 0, "0 of 0 limits met\n"},
    {RESULTS("{" NAMED "\"value\": 9}"), 0, "0 of 0 limits met\n"},
    {RESULTS("{" NAMED COMPARED
             "\"value\": 1.1, \"ratio\": 1.1, \"limit\": 1.1, \"sense\": \"max\"}"),
     0, "1 of 1 limits met\n"},
    {RESULTS("{" NAMED COMPARED
             "\"value\": 1.2, \"ratio\": 1.2, \"limit\": 1.1, \"sense\": \"max\"}"),
     1, "MISSED g: work: 1.20, must be at most 1.10\n0 of 1 limits met\n"},
    {RESULTS("{" NAMED COMPARED
             "\"value\": 1.2, \"ratio\": 1.2, \"limit\": 1.1, \"sense\": \"min\"}"),
     0, "1 of 1 limits met\n"},
    {RESULTS("{" NAMED COMPARED "\"value\": 1, \"ratio\": 1, \"limit\": 1.1, \"sense\": \"min\"}"),
     1, "MISSED g: work: 1.00, must be at least 1.10\n0 of 1 limits met\n"},
    {RESULTS("{" NAMED "\"value\": 4, \"limit\": 3, \"sense\": \"max\"}"), 1,
     "MISSED g: work: 4.00, must be at most 3.00\n0 of 1 limits met\n"},
};

Test(bench, a_missed_limit_is_told_and_exit_code_1)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        write_results(verdicts[i].results);
        cr_expect_eq(run_on_results("--verdict"), verdicts[i].code, "%s", verdicts[i].results);
        cr_expect_str_eq(said, verdicts[i].said, "%s", verdicts[i].results);
    }
}

Test(bench, results_of_another_form_are_refused)
{
    static const char *const faulty[] = {
        "no JSON",
        "[]",
        "{\"machine\": \"this\"}",
        "{\"machine\": \"this\", \"cases\": 3}",
        RESULTS("3"),
        RESULTS("{" NAMED "\"value\": \"fast\"}"),
        RESULTS("{\"group\": \"g\", \"name\": \"work\", \"value\": 1}"),
        RESULTS("{" NAMED "\"value\": 1, \"limit\": 1}"),
        RESULTS("{" NAMED "\"value\": 1, \"limit\": 1, \"sense\": \"most\"}"),
        RESULTS("{" NAMED "\"value\": 1, \"ratio\": 1}"),
        RESULTS("{" NAMED "\"value\": 1, \"colour\": \"red\"}"),
    };
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        write_results(faulty[i]);
        cr_expect_eq(run_on_results("--verdict"), 2, "%s", faulty[i]);
        cr_expect_not_null(strstr(said, "these are no results of a benchmark: "), "%s", said);
        cr_expect_eq(strchr(said, '\n'), said + strlen(said) - 1, "one line: %s", said);
    }
}

Test(bench, results_become_a_table_of_the_form_that_the_readme_has)
{
    write_results(RESULTS(
        "{" NAMED COMPARED "\"value\": 12.34, \"ratio\": 12.34, \"limit\": 20, \"sense\": \"max\"},"
        "{\"group\": \"h\", \"name\": \"rest\", \"unit\": \"B/call\", \"value\": 0}"));
    cr_expect_eq(run_on_results("--markdown"), 0);
    static const char head[] = "| work | took | against | ratio | must be |\n"
                               "| --- | --- | --- | --- | --- |\n";
    cr_expect_not_null(strstr(said, head), "%s", said);
    cr_expect_not_null(strstr(said,
                              "| work | 12.3 ns | other work, 1.00 ns | 12.34 | at most 20.00 |\n"
                              "| rest | 0 B/call | | | |\n"),
                       "%s", said);
    FILE *file = fopen(getenv("MP_README"), "r");
    cr_assert_not_null(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    const char *figures = strstr(said, "<!-- figures -->\nMeasured on ");
    cr_assert_not_null(figures, "the README has no figures");
    cr_expect_not_null(strstr(figures, head), "the README's table is not what --markdown prints");
}

/* ---- the command line --------------------------------------------------------------------- */

Test(bench, mistakes_are_told_and_exit_code_2)
{
    static const struct {
        const char *arguments, *said;
    } mistakes[] = {
        {"bridges", "bench: there is no group 'bridges'; there are: bridge bridge-nojit patching "},
        {"--quick bridge motor", "bench: there is no group 'motor'; there are: bridge "},
        {"--fast", "unrecognized option '--fast'"},
        {"--json", "option '--json' requires an argument"},
        {"--verdict /no/such/file", "bench: /no/such/file: "},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        cr_expect_eq(run(mistakes[i].arguments), 2, "%s", mistakes[i].arguments);
        cr_expect_not_null(strstr(said, mistakes[i].said), "%s", said);
    }
    cr_expect_eq(run("--quick --json /no/such/folder/x.json usertype"), 1);
    cr_expect_str_eq(said, "bench: cannot write /no/such/folder/x.json\n");
}

Test(bench, help_and_list_measure_nothing)
{
    cr_expect_eq(run("--help"), 0);
    cr_expect_not_null(strstr(said, "usage: bench"));
    cr_expect_eq(run("--list usertype"), 0);
    cr_expect_not_null(strstr(said, "usertype: C function\n"), "%s", said);
    cr_expect_null(strstr(said, "limits met"), "%s", said);
}
