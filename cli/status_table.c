#include "status_table.h"

#include "message.h"
#include "patches/format.h"
#include "platform.h"
#include "text/utf8.h"

#include <string.h>

enum { COLUMNS = 5, CELL_SIZE = 800, GAP = 2, HISTORY_SHOWN = 10 };

typedef struct Printer {
    FILE *stream;
    bool coloured;
} Printer;

/* ---- rows -------------------------------------------------------------------------------------
 */

/* A row's cells; the last one has no width. */
typedef struct Row {
    char cells[COLUMNS][CELL_SIZE];
    const char *colour; /* of the state; NULL: none */
} Row;

enum { STATE_COLUMN = 2 };

static size_t width_of(const char *text)
{
    size_t width = 0;
    while (mp_utf8_next(&text))
        width++;
    return width;
}

static void widen(size_t widths[COLUMNS], const Row *row)
{
    for (int i = 0; i < COLUMNS; i++) {
        size_t width = width_of(row->cells[i]);
        if (width > widths[i])
            widths[i] = width;
    }
}

static void print_row(const Printer *printer, const Row *row, const size_t widths[COLUMNS])
{
    int last = COLUMNS - 1;
    while (last > 0 && !row->cells[last][0])
        last--;
    for (int i = 0; i <= last; i++) {
        const char *colour = i == STATE_COLUMN && printer->coloured ? row->colour : NULL;
        int gap = i == last ? 0 : (int)(widths[i] - width_of(row->cells[i])) + GAP;
        fprintf(printer->stream, "%s%s%s%*s", colour ? colour : "", row->cells[i],
                colour ? "\033[0m" : "", gap, "");
    }
    fputc('\n', printer->stream);
}

/* Fills a list's rows one after the other, once to measure and once to print. */
static void print_rows(const Printer *printer, const Row *head, const MpJournalContent *content,
                       size_t first, size_t count,
                       void (*fill)(const MpJournalContent *content, size_t i, Row *row))
{
    size_t widths[COLUMNS] = {0};
    Row row;
    if (head)
        widen(widths, head);
    for (size_t i = first; i < count; i++) {
        fill(content, i, &row);
        widen(widths, &row);
    }
    if (head)
        print_row(printer, head, widths);
    for (size_t i = first; i < count; i++) {
        fill(content, i, &row);
        print_row(printer, &row, widths);
    }
}

static void print_title(const Printer *printer, const char *title)
{
    fprintf(printer->stream, "\n%s%s%s\n", printer->coloured ? "\033[1m" : "", title,
            printer->coloured ? "\033[0m" : "");
}

/* ---- what is in them --------------------------------------------------------------------------
 */

static const char *colour_of(MpJournalState state)
{
    static const char *const colours[MP_JOURNAL_STATES] = {
        [MP_JOURNAL_STAGED] = "\033[33m",  [MP_JOURNAL_TRIAL] = "\033[33m",
        [MP_JOURNAL_ACTIVE] = "\033[32m",  [MP_JOURNAL_QUARANTINED] = "\033[31m",
        [MP_JOURNAL_REFUSED] = "\033[31m", [MP_JOURNAL_REMOVED] = "\033[2m",
    };
    return colours[state];
}

static void put_time(char *cell, int64_t time) { mp_format_time(time, cell); }

/* "script-error: fix.lua:3: oops"; "runaway: Dome.damage ran too long" says it already. */
static void put_cause(char *cell, MpCause cause, const char *why)
{
    const char *name = cause == MP_CAUSE_NONE ? "" : mp_cause_name(cause);
    size_t length = strlen(name);
    if (strncmp(why, name, length) == 0 && why[length] == ':')
        name = "";
    snprintf(cell, CELL_SIZE, "%s%s%s", name, *name && *why ? ": " : "", why);
}

static const MpHash *hash_that_runs(const MpJournalContent *content, const char *file)
{
    for (size_t i = 0; i < content->set_count; i++) {
        if (strcmp(content->set[i].file, file) == 0)
            return &content->set[i].hash;
    }
    return NULL;
}

static void fill_patch(const MpJournalContent *content, size_t i, Row *row)
{
    const MpJournalPatch *patch = &content->patches[i];
    const MpHash *runs = hash_that_runs(content, patch->file);
    bool earlier = runs && !mp_hash_same(runs, &patch->hash);
    *row = (Row){.colour = colour_of(patch->state)};
    snprintf(row->cells[0], CELL_SIZE, "%s", patch->file);
    if (patch->has_version)
        snprintf(row->cells[1], CELL_SIZE, "%.10g", patch->version);
    snprintf(row->cells[STATE_COLUMN], CELL_SIZE, "%s%s", mp_journal_state_name(patch->state),
             earlier ? " (an earlier version runs)" : "");
    put_time(row->cells[3], patch->since);
    put_cause(row->cells[4], patch->cause, patch->why);
}

static void fill_condemned(const MpJournalContent *content, size_t i, Row *row)
{
    const MpCondemned *condemned = &content->condemned[i];
    *row = (Row){0};
    snprintf(row->cells[0], CELL_SIZE, "%s", condemned->file);
    snprintf(row->cells[1], CELL_SIZE, "%.12s", condemned->hash.text);
    put_time(row->cells[2], condemned->since);
    put_cause(row->cells[3], condemned->cause, condemned->why);
}

static void fill_event(const MpJournalContent *content, size_t i, Row *row)
{
    const MpJournalEvent *event = &content->history[i];
    *row = (Row){.colour = colour_of(event->state)};
    put_time(row->cells[0], event->time);
    snprintf(row->cells[1], CELL_SIZE, "%s", event->file[0] ? event->file : "the game");
    if (event->file[0])
        snprintf(row->cells[STATE_COLUMN], CELL_SIZE, "%s", mp_journal_state_name(event->state));
    put_cause(row->cells[3], event->cause, event->why);
}

/* What is said of the last run: whether it ended and how can only be told together with whether
   its process is still there. */
static const char *run_of(const MpJournalBoot *boot)
{
    if (boot->phase == MP_BOOT_CLEAN_EXIT)
        return "ended well";
    if (!mp_platform_has_process(boot->process))
        return "died; the next start says what that means for its patches";
    return boot->phase == MP_BOOT_TRIAL      ? "runs, with patches on trial"
           : boot->phase == MP_BOOT_STARTING ? "starts"
                                             : "runs";
}

static void print_boot(const Printer *printer, const MpJournalBoot *boot)
{
    char time[21];
    if (boot->phase == MP_BOOT_NONE)
        return;
    mp_format_time(boot->started, time);
    fprintf(printer->stream, "%s, process %lld, started %s: %s\n",
            boot->program[0] ? boot->program : "the game", (long long)boot->process, time,
            run_of(boot));
}

void mp_cli_print_status(const MpJournalContent *content, FILE *stream)
{
    const Printer printer = {stream, mp_cli_coloured(stream)};
    static const Row head = {{"PATCH", "VERSION", "STATE", "SINCE", "CAUSE"}, NULL};
    size_t first =
        content->history_count > HISTORY_SHOWN ? content->history_count - HISTORY_SHOWN : 0;
    print_boot(&printer, &content->boot);
    if (content->patch_count) {
        fputc('\n', stream);
        print_rows(&printer, &head, content, 0, content->patch_count, fill_patch);
    } else {
        fputs("no patch was ever there\n", stream);
    }
    if (content->condemned_count) {
        print_title(&printer, "Condemned versions");
        print_rows(&printer, NULL, content, 0, content->condemned_count, fill_condemned);
    }
    if (content->history_count) {
        print_title(&printer, "What happened last");
        print_rows(&printer, NULL, content, first, content->history_count, fill_event);
    }
}
