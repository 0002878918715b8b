#include "patches/rehearsal.h"

#include "patches/child.h"
#include "patches/confine.h"

#include <stdlib.h>
#include <string.h>

enum { START_MS = 10000, FILE_MS = 2000, ATTEMPTS = 3 };

struct MpRehearsal {
    MpRehearsalConfig config;
    uv_mutex_t lock; /* of `over` */
    uv_cond_t changed;
    bool under_way; /* a set was started, and its verdicts were not taken */
    bool over;      /* its verdicts are there */
    uv_thread_t thread;

    /* The thread's while it runs. */
    uv_loop_t loop;
    uv_async_t cancel;
    MpChild *child;
    bool cancelled;
    MpRehearsalFile *files;
    size_t count;
    size_t *numbers; /* of the files that are sent to a child */
    MpAnswers answers;
    unsigned deaths, killed;
};

/* ---- verdicts ----------------------------------------------------------------------------- */

static void decide(MpRehearsal *self, size_t number, MpRehearsalCause cause, const char *why)
{
    MpRehearsalVerdict *verdict = &self->answers.verdicts[number];
    verdict->cause = cause;
    snprintf(verdict->message, sizeof verdict->message, "%.*s: %s", 200, self->files[number].file,
             why);
}

static bool is_open(const MpRehearsal *self, size_t number)
{
    return !self->files[number].accepted &&
           self->answers.verdicts[number].cause == MP_REHEARSAL_UNDECIDED;
}

static void decide_rest(MpRehearsal *self, MpRehearsalCause cause, const char *why)
{
    for (size_t i = 0; i < self->count; i++) {
        if (is_open(self, i))
            decide(self, i, cause, why);
    }
}

/* What a child said before it died counts for nothing: it had not finished. */
static void take_back(MpRehearsal *self, const size_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        self->answers.verdicts[numbers[i]] = (MpRehearsalVerdict){0};
}

/* ---- ends --------------------------------------------------------------------------------- */

/* What a child's end says of the file that it was at. */
static MpRehearsalCause describe_end(const MpRehearsal *self, MpChildEnd end, int number,
                                     char *text, size_t size)
{
    switch (end) {
    case MP_CHILD_SLOW:
        snprintf(text, size, "took longer than %g s", self->config.file_ms / 1e3);
        return MP_REHEARSAL_SLOW;
    case MP_CHILD_CRASHED:
        snprintf(text, size, "crashed with signal %d", number);
        return MP_REHEARSAL_CRASHED;
    case MP_CHILD_EXITED:
        if (number == MP_WIRE_NO_MEMORY) {
            snprintf(text, size, "needed more than %d MB", MP_REHEARSAL_BYTES >> 20);
            return MP_REHEARSAL_MEMORY;
        }
        snprintf(text, size, "ended by itself with exit code %d", number);
        return MP_REHEARSAL_ENDED;
    default:
        snprintf(text, size, "answered nonsense");
        return MP_REHEARSAL_NONSENSE;
    }
}

/* Nobody's fault, as far as one can tell: the files are refused, and it is said what helps. */
static void give_up(MpRehearsal *self, const char *what)
{
    char why[300];
    snprintf(why, sizeof why, "not rehearsed: %s; save it again, or start with --rehearsal=off",
             what);
    decide_rest(self, MP_REHEARSAL_FAILED, why);
}

static void blame(MpRehearsal *self, MpChildEnd end, int number)
{
    char what[100], why[200];
    MpRehearsalCause cause = describe_end(self, end, number, what, sizeof what);
    if (!self->answers.ready) {
        snprintf(why, sizeof why, "the rehearsal %s before it came to it",
                 end == MP_CHILD_SLOW ? "took too long" : what);
        give_up(self, why);
    } else if (self->answers.staging) {
        snprintf(why, sizeof why, "its rehearsal %s", what);
        decide(self, self->answers.current, cause, why);
    } else {
        snprintf(why, sizeof why, "its rehearsal, or that of a file that changed with it, %s",
                 what);
        decide_rest(self, cause, why);
    }
    if (++self->deaths >= MP_REHEARSAL_DEATHS)
        give_up(self, "other files ended too many rehearsals");
}

static void judge(MpRehearsal *self, MpChildEnd end, int number)
{
    char why[200];
    if (end == MP_CHILD_NOT_STARTED) {
        snprintf(why, sizeof why, "no process can be started to rehearse it: %s",
                 uv_strerror(number));
        decide_rest(self, MP_REHEARSAL_NO_CHILD, why);
    } else if (end == MP_CHILD_KILLED && ++self->killed < ATTEMPTS) {
        return; /* once more: that says nothing of the files */
    } else if (end == MP_CHILD_KILLED) {
        snprintf(why, sizeof why, "somebody ended the rehearsal with signal %d", number);
        give_up(self, why);
    } else {
        blame(self, end, number);
    }
}

/* ---- the thread --------------------------------------------------------------------------- */

/* What the next child is sent: all that is accepted, and what is still open. */
static size_t choose(MpRehearsal *self, size_t *open)
{
    size_t count = 0;
    *open = 0;
    for (size_t i = 0; i < self->count; i++) {
        bool undecided = is_open(self, i);
        *open += undecided;
        if (undecided || self->files[i].accepted)
            self->numbers[count++] = i;
    }
    return count;
}

/* One child. False: nothing is left to rehearse. */
static bool rehearse_once(MpRehearsal *self)
{
    size_t open, count = choose(self, &open);
    if (open == 0 || self->cancelled)
        return false;
    mp_answers_reset(&self->answers);
    MpChildTask task = {
        .config = &self->config, .files = self->files, .numbers = self->numbers, .count = count};
    int number = 0;
    MpChildEnd end = mp_child_run(&self->loop, &task, &self->answers, &self->child, &number);
    if (end == MP_CHILD_DONE)
        return false;
    take_back(self, self->numbers, count);
    if (!self->cancelled)
        judge(self, end, number);
    return true;
}

static void rehearse(void *user)
{
    MpRehearsal *self = user;
    mp_confine_ignore_broken_pipes();
    while (rehearse_once(self)) {
    }
    uv_mutex_lock(&self->lock);
    self->over = true;
    uv_cond_signal(&self->changed);
    uv_mutex_unlock(&self->lock);
}

static void on_cancel(uv_async_t *cancel)
{
    MpRehearsal *self = cancel->data;
    self->cancelled = true;
    mp_child_kill(self->child);
}

/* ---- public ------------------------------------------------------------------------------- */

MpRehearsal *mp_rehearsal_create(const MpRehearsalConfig *config, MpError *error)
{
    MpRehearsal *self = calloc(1, sizeof *self);
    if (!self || uv_mutex_init(&self->lock) < 0) {
        mp_error_set(error, MP_MEMORY, "no memory for rehearsals");
        free(self);
        return NULL;
    }
    uv_cond_init(&self->changed);
    if (config)
        self->config = *config;
    if (!self->config.start_ms)
        self->config.start_ms = START_MS;
    if (!self->config.file_ms)
        self->config.file_ms = FILE_MS;
    return self;
}

static void forget_set(MpRehearsal *self)
{
    free(self->files);
    free(self->numbers);
    free(self->answers.verdicts);
    self->files = NULL;
    self->numbers = NULL;
    self->answers = (MpAnswers){0};
}

static bool copy_set(MpRehearsal *self, const MpRehearsalFile *files, size_t count)
{
    forget_set(self);
    self->files = malloc((count + 1) * sizeof *files);
    self->numbers = calloc(count + 1, sizeof *self->numbers);
    self->answers.verdicts = calloc(count + 1, sizeof *self->answers.verdicts);
    if (!self->files || !self->numbers || !self->answers.verdicts)
        return false;
    if (count)
        memcpy(self->files, files, count * sizeof *files);
    self->count = count;
    self->answers.files = self->files;
    self->answers.count = count;
    self->deaths = self->killed = 0;
    self->over = self->cancelled = false;
    return true;
}

static void close_loop(MpRehearsal *self)
{
    uv_close((uv_handle_t *)&self->cancel, NULL);
    uv_run(&self->loop, UV_RUN_DEFAULT);
    uv_loop_close(&self->loop);
}

static int start_thread(MpRehearsal *self)
{
    int code = uv_loop_init(&self->loop);
    if (code < 0)
        return code;
    code = uv_async_init(&self->loop, &self->cancel, on_cancel);
    if (code < 0) {
        uv_loop_close(&self->loop);
        return code;
    }
    self->cancel.data = self;
    uv_unref((uv_handle_t *)&self->cancel);
    code = uv_thread_create(&self->thread, rehearse, self);
    if (code < 0)
        close_loop(self);
    return code;
}

bool mp_rehearsal_start(MpRehearsal *self, const MpRehearsalFile *files, size_t count,
                        MpError *error)
{
    if (self->under_way) {
        mp_error_set(error, MP_INVALID, "a rehearsal is under way");
        return false;
    }
    if (!copy_set(self, files, count)) {
        mp_error_set(error, MP_MEMORY, "no memory to rehearse %zu files", count);
        return false;
    }
    int code = start_thread(self);
    if (code < 0)
        mp_error_set(error, MP_IO, "no rehearsal can be started: %s", uv_strerror(code));
    self->under_way = code >= 0;
    return self->under_way;
}

static void join(MpRehearsal *self)
{
    uv_thread_join(&self->thread);
    close_loop(self);
    self->under_way = false;
}

static bool is_over(MpRehearsal *self)
{
    uv_mutex_lock(&self->lock);
    bool over = self->over;
    uv_mutex_unlock(&self->lock);
    return over;
}

const MpRehearsalVerdict *mp_rehearsal_poll(MpRehearsal *self)
{
    if (!self->under_way || !is_over(self))
        return NULL;
    join(self);
    return self->answers.verdicts;
}

bool mp_rehearsal_wait(MpRehearsal *self, unsigned milliseconds)
{
    uint64_t until = uv_hrtime() + milliseconds * UINT64_C(1000000), now;
    uv_mutex_lock(&self->lock);
    while (self->under_way && !self->over && (now = uv_hrtime()) < until)
        uv_cond_timedwait(&self->changed, &self->lock, until - now);
    bool over = self->under_way && self->over;
    uv_mutex_unlock(&self->lock);
    return over;
}

void mp_rehearsal_destroy(MpRehearsal *self)
{
    if (!self)
        return;
    if (self->under_way) {
        uv_async_send(&self->cancel);
        join(self);
    }
    forget_set(self);
    uv_cond_destroy(&self->changed);
    uv_mutex_destroy(&self->lock);
    free(self);
}
