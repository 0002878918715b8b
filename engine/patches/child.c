#include "patches/child.h"

#include "patches/confine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRAM_SIZE = 4096, ARGUMENTS = 32, READ_SIZE = 4096 };

/* How long the end of what a dead child wrote is waited for. */
static const uint64_t LAST_WORDS_MS = 500;

struct MpChild {
    const MpChildTask *task;
    MpAnswers *answers;
    uv_process_t process;
    uv_pipe_t input, output; /* the child's */
    uv_timer_t timer;
    uv_write_t write;
    uv_buf_t *buffers;
    char (*heads)[MP_WIRE_LINE];
    bool too_late; /* it was ended for that */
    bool gone, silent;
    int64_t code;
    int signal;
    char program[PROGRAM_SIZE];
    char received[READ_SIZE];
};

void mp_child_kill(MpChild *child)
{
    if (child && !child->gone)
        uv_process_kill(&child->process, SIGKILL);
}

static void close_handle(void *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void close_all(MpChild *child)
{
    close_handle(&child->process);
    close_handle(&child->input);
    close_handle(&child->output);
    close_handle(&child->timer);
}

static void close_when_over(MpChild *child)
{
    if (child->gone && child->silent)
        close_all(child);
}

/* ---- time --------------------------------------------------------------------------------- */

static void on_time(uv_timer_t *timer)
{
    MpChild *child = timer->data;
    if (child->gone)
        child->silent = true; /* somebody else has its pipe open, and would keep it */
    else
        child->too_late = true;
    mp_child_kill(child);
    close_when_over(child);
}

static void give_time(MpChild *child, uint64_t milliseconds)
{
    uv_timer_start(&child->timer, on_time, milliseconds, 0);
}

/* ---- what it says ------------------------------------------------------------------------- */

static void on_room(uv_handle_t *handle, size_t size, uv_buf_t *buffer)
{
    MpChild *child = handle->data;
    (void)size;
    *buffer = uv_buf_init(child->received, sizeof child->received);
}

static void on_output(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    MpChild *child = stream->data;
    if (size < 0) {
        child->silent = true;
        close_when_over(child);
        return;
    }
    size_t steps = child->answers->steps;
    mp_answers_feed(child->answers, buffer->base, (size_t)size);
    if (child->answers->broken || child->answers->done)
        mp_child_kill(child);
    else if (child->answers->steps != steps && !child->gone)
        give_time(child, child->task->config->file_ms);
}

static void on_exit_of(uv_process_t *process, int64_t code, int number)
{
    MpChild *child = process->data;
    child->gone = true;
    child->code = code;
    child->signal = number;
    give_time(child, LAST_WORDS_MS);
    close_when_over(child);
}

/* ---- starting it -------------------------------------------------------------------------- */

static bool find_program(MpChild *child)
{
    const char *wanted = child->task->config->program;
    if (!wanted)
        return mp_confine_program(child->program, sizeof child->program);
    return snprintf(child->program, sizeof child->program, "%s", wanted) < PROGRAM_SIZE;
}

static int start(MpChild *child, uv_loop_t *loop)
{
    const MpRehearsalConfig *config = child->task->config;
    char *words[ARGUMENTS] = {child->program};
    for (size_t i = 0; config->arguments && config->arguments[i] && i + 2 < ARGUMENTS; i++)
        words[i + 1] = (char *)(uintptr_t)config->arguments[i]; /* libuv only reads them */
    uv_stdio_container_t pipes[] = {
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE, .data.stream = (uv_stream_t *)&child->input},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&child->output},
        {.flags = UV_IGNORE},
    };
    return uv_spawn(loop, &child->process,
                    &(uv_process_options_t){
                        .exit_cb = on_exit_of,
                        .file = child->program,
                        .args = words,
                        .flags = UV_PROCESS_WINDOWS_HIDE,
                        .stdio = pipes,
                        .stdio_count = sizeof pipes / sizeof *pipes,
                    });
}

/* A child that dies before it has read everything is noticed by its end. */
static void on_written(uv_write_t *write, int status)
{
    (void)write;
    (void)status;
}

static int send_files(MpChild *child)
{
    const MpChildTask *task = child->task;
    uv_buf_t *next = child->buffers;
    int length = snprintf(child->heads[task->count], MP_WIRE_LINE, "%zu\n", task->count);
    *next++ = uv_buf_init(child->heads[task->count], (unsigned)length);
    for (size_t i = 0; i < task->count; i++) {
        const MpRehearsalFile *file = &task->files[task->numbers[i]];
        mp_wire_head(child->heads[i], file, task->numbers[i]);
        *next++ = uv_buf_init(child->heads[i], (unsigned)strlen(child->heads[i]));
        *next++ = uv_buf_init((char *)(uintptr_t)file->bytes, (unsigned)file->size);
    }
    return uv_write(&child->write, (uv_stream_t *)&child->input, child->buffers,
                    (unsigned)(next - child->buffers), on_written);
}

/* Rehearses; a negative result is libuv's reason why nothing was. */
static int run(MpChild *child, uv_loop_t *loop)
{
    uv_pipe_init(loop, &child->input, 0);
    uv_pipe_init(loop, &child->output, 0);
    uv_timer_init(loop, &child->timer);
    child->process.data = child->output.data = child->timer.data = child;
    int code = start(child, loop);
    if (code < 0) {
        close_all(child);
    } else if (send_files(child) < 0 ||
               uv_read_start((uv_stream_t *)&child->output, on_room, on_output) < 0) {
        child->silent = true;
        mp_child_kill(child);
    } else {
        give_time(child, child->task->config->start_ms);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    return code;
}

static MpChildEnd end_of(const MpChild *child, int *number)
{
    if (child->answers->done && !child->answers->broken)
        return MP_CHILD_DONE;
    if (child->answers->broken)
        return MP_CHILD_NONSENSE;
    if (child->too_late || mp_confine_was_slow(child->signal))
        return MP_CHILD_SLOW;
    *number = child->signal ? child->signal : (int)child->code;
    if (!child->signal)
        return MP_CHILD_EXITED;
    return mp_confine_was_asked(child->signal) ? MP_CHILD_KILLED : MP_CHILD_CRASHED;
}

MpChildEnd mp_child_run(uv_loop_t *loop, const MpChildTask *task, MpAnswers *answers,
                        MpChild **running, int *number)
{
    MpChild *child = calloc(1, sizeof *child);
    if (child) {
        *child = (MpChild){.task = task, .answers = answers};
        child->buffers = calloc(2 * task->count + 1, sizeof *child->buffers);
        child->heads = calloc(task->count + 1, sizeof *child->heads);
    }
    int code = UV_ENOMEM;
    if (child && child->buffers && child->heads && !find_program(child)) {
        code = UV_ENOENT;
    } else if (child && child->buffers && child->heads) {
        *running = child;
        code = run(child, loop);
        *running = NULL;
    }
    *number = code;
    MpChildEnd end = code < 0 ? MP_CHILD_NOT_STARTED : end_of(child, number);
    if (child) {
        free(child->buffers);
        free(child->heads);
    }
    free(child);
    return end;
}
