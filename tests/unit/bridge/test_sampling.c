/* Lua is told from the C that it called, by looking now and then. */
#include "animal.gen.h"
#include "crate.gen.h"
#include "harness.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static Animal rex;
static Crate crate;

/* Each function runs for some hundred milliseconds, however fast the machine. */
static const char script[] =
    "local loops = {\n"
    "   script = function() for i = 1, 1e6 do local _ = i % 7 end end,\n"
    "   method = function() native.rex:suffer(2000000) end,\n"
    "   leaf = function(data) native.crate:leaf_weigh(data) end,\n"
    "}\n"
    "local data = ('x'):rep(2000000)\n"
    "local test = {}\n"
    "for name, loop in pairs(loops) do\n"
    "   test[name] = function(rounds) for _ = 1, rounds do loop(data) end end\n"
    "end\n"
    "return test\n";

static MpVm *open_sampled(void)
{
    harness_script = script;
    MpVm *vm = harness_open();
    rex = (Animal){.hp = 1000, .name = "Rex"};
    mp_object_init(&rex.object, &mp_class_Animal);
    mp_object_init(&crate.object, &mp_class_Crate);
    mp_vm_set_root(vm, "rex", &rex.object);
    mp_vm_set_root(vm, "crate", &crate.object);
    MpError error;
    cr_assert(mp_vm_set_sampling(vm, true, &error), "%s", error.message);
    return vm;
}

/* Runs a function of the script until it was seen often enough. */
static MpVmSamples samples_of(MpVm *vm, const char *function)
{
    MpVmSamples before = mp_vm_samples(vm), since = {0};
    MpError error;
    while (since.script + since.native < 50) {
        cr_assert(mp_vm_call(vm, "test", function, &error, "i", 5), "%s", error.message);
        MpVmSamples now = mp_vm_samples(vm);
        since = (MpVmSamples){now.script - before.script, now.native - before.native};
    }
    return since;
}

Test(sampling, tells_lua_from_the_c_it_calls, .timeout = 60)
{
    MpVm *vm = open_sampled();
    MpVmSamples in_lua = samples_of(vm, "script");
    cr_expect_eq(in_lua.native, 0, "%u of %u", in_lua.native, in_lua.native + in_lua.script);
    MpVmSamples in_method = samples_of(vm, "method");
    cr_expect_geq(in_method.native, 45, "%u in Lua", in_method.script);
    MpVmSamples in_leaf = samples_of(vm, "leaf");
    cr_expect_geq(in_leaf.native, 45, "%u in Lua", in_leaf.script);
    mp_vm_destroy(vm);
}

Test(sampling, ends_when_it_is_not_wanted, .timeout = 60)
{
    MpError error;
    MpVm *vm = open_sampled();
    samples_of(vm, "script");
    cr_expect(mp_vm_set_sampling(vm, false, NULL));
    cr_expect(mp_vm_set_sampling(vm, false, NULL));
    MpVmSamples before = mp_vm_samples(vm);
    cr_assert(mp_vm_call(vm, "test", "script", &error, "i", 50), "%s", error.message);
    cr_expect_eq(mp_vm_samples(vm).script, before.script);
    cr_expect(mp_vm_set_sampling(vm, true, NULL));
    samples_of(vm, "script");
    mp_vm_destroy(vm); /* while it is on */
}
