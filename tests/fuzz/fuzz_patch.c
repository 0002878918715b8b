/*
 * Any text as a patch file. It is applied or refused in one line; whatever it did, taking it away
 * leaves the methods as they were, for C and for Lua.
 */
#include "fuzz.h"
#include "lua_coverage.h"
#include "vm.h"
#include "zoo.gen.h"

#include "animal.gen.h"
#include "moonpatch/patch.h"

#include <stdlib.h>
#include <string.h>

enum { USES = 50 };

static const char script[] = "local test = {}\n"
                             "function test.damage() return native.subject:damage(1) end\n"
                             "return test\n";

static void on_event(void *user, const MpPatchEvent *event)
{
    (void)user;
    bool good = event->state == MP_PATCH_ACTIVE || event->state == MP_PATCH_TRIAL ||
                event->state == MP_PATCH_REMOVED;
    fuzz_expect(good || event->cause[0], "a verdict without a cause");
    fuzz_expect(!strchr(event->cause, '\n'), "a cause of several lines");
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (strcmp(path, "scripts/test.lua") != 0) {
        mp_error_set(error, MP_NOT_FOUND, "not found");
        return NULL;
    }
    *size = sizeof script - 1;
    return strdup(script);
}

static MpVm *open_vm(void)
{
    MpError error;
    MpVm *vm = mp_vm_create(&(MpVmOptions){.read = read_script, .patch_event = on_event}, &error);
    fuzz_expect(vm != NULL, error.message);
    fuzz_expect(mp_vm_register(vm, &mp_module_zoo, &error), error.message);
    return vm;
}

static void apply(MpVm *vm, const char *text, size_t size)
{
    lua_coverage_start(vm->main);
    mp_patch_apply(vm, &(MpPatchChange){.file = "fuzz.lua", .text = text, .size = size}, 1);
}

/* What a hit of 1 takes, for C and for Lua. */
static void expect_native(MpVm *vm, Animal *animal)
{
    MpError error;
    double left = 0;
    animal->hp = 50;
    fuzz_expect(animal_damage(animal, 1) == 49, "C does not reach the C body");
    fuzz_expect(mp_vm_call(vm, "test", "damage", &error, ">n", &left), error.message);
    fuzz_expect(left == 48, "Lua does not reach the C body");
}

/* Making a VM takes longer than most patches, so it serves for some; that they leave no trace is
   what is tested anyway. */
static MpVm *vm_for_next(void)
{
    static MpVm *vm;
    static unsigned uses;
    if (vm && uses++ % USES == 0) {
        fuzz_expect(mp_vm_destroy(vm), "the VM stays");
        vm = NULL;
    }
    if (!vm)
        vm = open_vm();
    return vm;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MpVm *vm = vm_for_next();
    Animal animal = {.hp = 50};
    mp_object_init(&animal.object, &mp_class_Animal);
    mp_vm_set_root(vm, "subject", &animal.object);
    char *text = fuzz_text(data, size);
    apply(vm, text, size);
    animal_damage(&animal, 1);
    animal_heal(&animal);
    mp_vm_step(vm);
    apply(vm, NULL, 0);
    free(text);
    lua_coverage_start(vm->main);
    expect_native(vm, &animal);
    mp_object_finish(&animal.object);
    return 0;
}
