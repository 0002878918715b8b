#include "fixture.h"

#include "hand.h"
#include "loops.h"
#include "moonpatch/patch.h"
#include "moonpatch/reload.h"
#include "subject.gen.h"
#include "subjects.gen.h"

#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- the VM and its objects --------------------------------------------------------------- */

static const struct {
    const char *path, *text;
} scripts[] = {
    {"scripts/gameplay.lua", "return { tick = function(number) return number end }"},
    {"scripts/thousand.lua", "local thousand = {}\n"
                             "for i = 1, 1000 do thousand['f' .. i] = function() return i end end\n"
                             "return thousand\n"},
};

/* The text of a script; NULL: there is none. */
static const char *find_script(const Fixture *fixture, const char *path)
{
    if (strcmp(path, "scripts/edited.lua") == 0)
        return fixture->edited;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (strcmp(path, scripts[i].path) == 0)
            return scripts[i].text;
    }
    return NULL;
}

static char *read_file(void *user, const char *path, size_t *size, MpError *error)
{
    const char *text = find_script(user, path);
    if (!text) {
        mp_error_set(error, MP_NOT_FOUND, "no such file");
        return NULL;
    }
    *size = strlen(text);
    return strdup(text);
}

void fixture_edit(Fixture *fixture, const char *text)
{
    free(fixture->edited);
    fixture->edited = strdup(text);
    mp_vm_reload(fixture->vm);
}

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    if (event->state != MP_PATCH_ACTIVE && event->state != MP_PATCH_REMOVED)
        fprintf(stderr, "bench: %s: %s\n", event->file, event->cause);
}

static void create_objects(Fixture *fixture)
{
    mp_object_init(&fixture->token.object, &mp_class_Token);
    mp_object_init(&fixture->large.object, &mp_class_Large);
    for (int i = 0; i < FIXTURE_SUBJECTS; i++) {
        fixture->subjects[i] = (Subject){
            .x = 3,
            .y = 4,
            .hp = 100,
            .pair = {1, 2},
            .place = {1, 2, 3},
            .token = &fixture->token,
            .held = &fixture->token,
            .next = &fixture->subjects[(i + 1) % FIXTURE_SUBJECTS],
            .name = "Leo",
            .number = i + 1,
        };
        mp_object_init(&fixture->subjects[i].thing.object, &mp_class_Subject);
    }
}

bool fixture_open(Fixture *fixture, bool jit, bool budgets)
{
    MpError error = {.message = ""};
    *fixture = (Fixture){.vm = NULL};
    create_objects(fixture);
    fixture->vm = mp_vm_create(&(MpVmOptions){.jit = jit,
                                              .budget_ms = budgets ? 0 : UINT32_MAX,
                                              .user = fixture,
                                              .patch_event = on_event,
                                              .read = read_file},
                               &error);
    if (!fixture->vm || !mp_vm_register(fixture->vm, &mp_module_subjects, &error)) {
        fprintf(stderr, "bench: %s\n", error.message);
        return false;
    }
    mp_vm_set_root(fixture->vm, "subject", &fixture->subjects[0].thing.object);
    mp_vm_set_root(fixture->vm, "large", &fixture->large.object);
    return true;
}

void fixture_close(Fixture *fixture)
{
    crowd_set(&fixture->crowd, 0);
    for (int i = 0; i < FIXTURE_SUBJECTS; i++)
        mp_object_finish(&fixture->subjects[i].thing.object);
    mp_object_finish(&fixture->large.object);
    mp_object_finish(&fixture->token.object);
    mp_vm_destroy(fixture->vm);
    free(fixture->edited);
}
