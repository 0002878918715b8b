#include "harness.h"

#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Thread_local const char *harness_script;
_Thread_local uint32_t harness_trial_frames;
_Thread_local MpPatchBlame harness_blame;
_Thread_local char harness_log[1 << 14];
static _Thread_local char cause[1024];

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    size_t length = strlen(harness_log);
    snprintf(harness_log + length, sizeof harness_log - length, "%s\n", text);
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    snprintf(cause, sizeof cause, "%s", event->cause);
    if (event->state == MP_PATCH_QUARANTINED || event->state == MP_PATCH_REFUSED)
        harness_blame = event->blame;
}

static void on_held(void *user, const MpHolding *holding)
{
    char line[256];
    snprintf(line, sizeof line, "closing: %s held %s", holding->owner, holding->what);
    on_log(user, MP_SEVERITY_DEBUG, line);
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (!harness_script || strcmp(path, "scripts/test.lua") != 0) {
        mp_error_set(error, MP_NOT_FOUND, "not found");
        return NULL;
    }
    *size = strlen(harness_script);
    return strdup(harness_script);
}

MpVm *harness_open(void)
{
    MpError error = {.message = ""};
    /* So little that a script which hoards comes there before its time is up, on any machine. */
    enum { MEMORY_MB = 32 };
    MpVm *vm = mp_vm_create(&(MpVmOptions){.jit = true,
                                           .memory_limit_mb = MEMORY_MB,
                                           .log = on_log,
                                           .read = read_script,
                                           .patch_event = on_event,
                                           .trial_frames = harness_trial_frames,
                                           .held = on_held},
                            &error);
    cr_assert_not_null(vm, "%s", error.message);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
    return vm;
}

double harness_number(MpVm *vm, const char *function)
{
    MpError error = {.message = ""};
    double number = 0;
    cr_assert(mp_vm_call(vm, "test", function, &error, ">n", &number), "%s", error.message);
    return number;
}

MpTable *harness_table(MpVm *vm, const char *script)
{
    MpError error = {.message = ""};
    harness_script = script;
    MpTable *table = mp_table_of_module(vm, "test", &error);
    cr_assert_not_null(table, "%s", error.message);
    return table;
}

const char *harness_patch(MpVm *vm, const char *file, const char *text)
{
    cause[0] = '\0';
    mp_patch_apply(
        vm, &(MpPatchChange){.file = file, .text = text, .size = text ? strlen(text) : 0}, 1);
    return cause;
}

void harness_expect(bool ok, const MpError *error, MpStatus status, const char *words)
{
    cr_assert_not(ok);
    cr_expect_eq(error->status, status, "%s: %s", mp_status_text(error->status), error->message);
    cr_expect_not_null(strstr(error->message, words), "got: %s", error->message);
    cr_expect_null(strchr(error->message, '\n'), "got: %s", error->message);
}
