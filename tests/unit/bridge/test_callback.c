/* Callbacks where C is the actor: closed VMs, several VMs, threads, owners that die. */
#include "caller.gen.h"
#include "moonpatch/patch.h"
#include "moonpatch/vm.h"
#include "zoo.gen.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static char last_log[4096];
static int log_count;

static const char script[] =
    "local test = { heard = '' }\n"
    "function test.listen() native.root:listen(function(what) test.heard = test.heard .. what end) "
    "end\n"
    "function test.trust() native.root:trust(function(number) return number + 1 end) end\n"
    "function test.subscribe() native.post.subscribe(function(what) test.heard = what end) end\n"
    "function test.ask()\n"
    "   native.root.asked:connect(function(_, namer) test.heard = test.heard .. namer(1) end)\n"
    "end\n"
    "function test.what() return test.heard end\n"
    "function test.deep()\n"
    "   local function go(number) return native.root:name(number, go) or 'bottom' end\n"
    "   return native.root:name(1, go)\n"
    "end\n"
    "return test\n";

static void on_log(void *user, MpSeverity severity, const char *text)
{
    (void)user;
    (void)severity;
    log_count++;
    snprintf(last_log, sizeof last_log, "%s", text);
}

static char *read_script(void *user, const char *path, size_t *size, MpError *error)
{
    (void)user;
    if (strcmp(path, "scripts/test.lua") != 0) {
        mp_error_set(error, MP_NOT_FOUND, "not found");
        return NULL;
    }
    *size = strlen(script);
    return strdup(script);
}

static Caller caller;

static MpVm *open_vm(void)
{
    MpError error = {.message = ""};
    MpVm *vm =
        mp_vm_create(&(MpVmOptions){.jit = true, .log = on_log, .read = read_script}, &error);
    cr_assert_not_null(vm, "%s", error.message);
    cr_assert(mp_vm_register(vm, &mp_module_zoo, &error), "%s", error.message);
    if (!caller.object.index)
        mp_object_init(&caller.object, &mp_class_Caller);
    mp_vm_set_root(vm, "root", &caller.object);
    return vm;
}

static void run(MpVm *vm, const char *function)
{
    MpError error = {.message = ""};
    cr_assert(mp_vm_call(vm, "test", function, &error, ""), "%s", error.message);
}

static const char *heard(MpVm *vm)
{
    MpError error;
    const char *text = NULL;
    cr_assert(mp_vm_call(vm, "test", "what", &error, ">s", &text));
    return text;
}

Test(callback, c_calls_with_no_script_running)
{
    MpVm *vm = open_vm();
    run(vm, "listen");
    caller_tell(&caller, "a");
    caller_tell(&caller, "b");
    cr_assert_str_eq(heard(vm), "ab");
    mp_vm_destroy(vm);
}

Test(callback, a_closed_vm_answers_zero_and_another_one_reports_it)
{
    MpVm *vm = open_vm();
    run(vm, "trust");
    cr_assert_eq(caller.from_leaf(caller.from_leaf_user, 1), 2);
    mp_vm_destroy(vm);
    for (int i = 0; i < 3; i++)
        cr_assert_eq(caller.from_leaf(caller.from_leaf_user, 1), 0);

    vm = open_vm();
    cr_assert_eq(caller.from_leaf(caller.from_leaf_user, 1), 0);
    mp_vm_step(vm);
    cr_assert_eq(log_count, 1);
    cr_assert_str_eq(last_log,
                     "Caller.trust: callback.FromLeaf was called after it was replaced, or its "
                     "owner, its patch or its Lua machine was gone; such calls return nothing");
    cr_assert_eq(caller.from_leaf(caller.from_leaf_user, 1), 0);
    mp_vm_step(vm);
    cr_assert_eq(log_count, 1);

    /* A new function in the old one's place is another one to C. */
    FromLeaf old = caller.from_leaf;
    void *old_user = caller.from_leaf_user;
    run(vm, "trust");
    cr_assert_neq(caller.from_leaf_user, old_user);
    cr_assert_eq(old(old_user, 1), 0);
    cr_assert_eq(caller.from_leaf(caller.from_leaf_user, 1), 2);
    mp_vm_destroy(vm);
}

Test(callback, whatever_user_comes_leads_nowhere)
{
    MpVm *vm = open_vm();
    run(vm, "trust");
    void *const users[] = {NULL,
                           (void *)1,
                           (void *)UINTPTR_MAX,
                           (void *)(UINTPTR_MAX >> 1),
                           vm,
                           (char *)caller.from_leaf_user + 1};
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        cr_assert_eq(caller.from_leaf(users[i], 1), 0);
    mp_vm_destroy(vm);
}

Test(callback, each_vm_keeps_its_own)
{
    MpVm *first = open_vm(), *second = open_vm();
    run(first, "listen");
    run(second, "subscribe");
    caller_tell(&caller, "one");
    post_send("two");
    cr_assert_str_eq(heard(first), "one");
    cr_assert_str_eq(heard(second), "two");
    mp_vm_destroy(first);
    caller_tell(&caller, "three");
    post_send("four");
    cr_assert_str_eq(heard(second), "four");
    mp_vm_destroy(second);
    cr_assert(post_send("five"));
}

Test(callback, a_dead_owner_is_not_called_for)
{
    MpVm *vm = open_vm();
    run(vm, "listen");
    Listener listener = caller.listener;
    mp_object_finish(&caller.object);
    listener(caller.listener_user, "late");
    cr_assert_str_eq(heard(vm), "");
    mp_vm_step(vm);
    cr_assert_not_null(strstr(last_log, "Caller.listen: callback.Listener was called after"));
    mp_vm_destroy(vm);
}

Test(callback, calls_nest_only_so_deep)
{
    MpVm *vm = open_vm();
    MpError error = {.message = ""};
    const char *text = NULL;
    cr_assert(mp_vm_call(vm, "test", "deep", &error, ">s", &text), "%s", error.message);
    cr_assert_str_eq(text, "bottom");
    cr_assert_str_eq(
        last_log, "callback.Namer: 100 calls from C into Lua are open: returning nothing instead");
    mp_vm_destroy(vm);
}

static void *hammer(void *stop)
{
    while (!*(_Atomic(bool) *)stop) {
        if (caller.from_leaf(caller.from_leaf_user, 1) != 0)
            return NULL;
    }
    return stop;
}

Test(callback, another_thread_calls_while_vms_come_and_go)
{
    MpVm *vm = open_vm();
    run(vm, "trust");
    _Atomic(bool) stop = false;
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, hammer, &stop), 0);
    for (int i = 0; i < 30; i++) {
        MpVm *other = open_vm();
        for (int j = 0; j < 100; j++)
            run(other, "subscribe");
        mp_vm_step(other);
        mp_vm_destroy(other);
    }
    mp_vm_destroy(vm);
    stop = true;
    void *good = NULL;
    cr_assert_eq(pthread_join(thread, &good), 0);
    cr_assert_eq(good, &stop);
}

static void apply(MpVm *vm, const char *patch)
{
    mp_patch_apply(vm, &(MpPatchChange){.file = "p.lua", .text = patch, .size = strlen(patch)}, 1);
}

static int add_to(void *user, int number) { return *(int *)user + number; }

Test(callback, the_c_body_gets_what_c_passed)
{
    MpVm *vm = open_vm();
    apply(vm, "local patch = require 'patch'\n"
              "patch.override(native.Caller, 'keeps', function(original, self, f)\n"
              "   f('x') return original(self, f)\n"
              "end)\n"
              "patch.override(native.Caller, 'steal', function(original, self, f)\n"
              "   return original(self, f)\n"
              "end)");
    caller_listen_in_c(&caller, 1);
    cr_assert(caller_keeps(&caller, caller.listener, caller.listener_user));
    cr_assert_str_eq(caller_heard, "one: x");
    int number = 3;
    caller_steal(&caller, add_to, &number);
    cr_assert(caller.stolen == add_to);
    cr_assert_eq(caller.stolen_user, &number);
    mp_vm_destroy(vm);
}

/* A function of another type is like any Lua function: C must not get it as one of this type. */
Test(callback, types_of_functions_are_not_mixed_up)
{
    MpVm *vm = open_vm();
    apply(vm, "require('patch').override(native.Caller, 'steal', function(original, self, f)\n"
              "   print(f(1), self:call_in_thread(1, f))\n"
              "end)");
    int number = 3;
    caller_steal(&caller, add_to, &number);
    cr_assert_str_eq(last_log, "4\t0"); /* a Lua function is not called in another thread */
    mp_vm_destroy(vm);
}

static const char *name_of(void *user, int number) { return number == 1 ? user : NULL; }

Test(callback, what_an_event_brings_is_lent_to_each_vm)
{
    MpVm *first = open_vm(), *second = open_vm();
    run(first, "ask");
    run(second, "ask");
    char name[] = "Leo";
    caller_asked(&caller, name_of, name);
    caller_asked(&caller, name_of, name);
    cr_assert_str_eq(heard(first), "LeoLeo", "%s", last_log);
    cr_assert_str_eq(heard(second), "LeoLeo", "%s", last_log);
    mp_vm_destroy(first);
    mp_vm_destroy(second);
}
