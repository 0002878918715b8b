#include "moonpatch/patch.h"

#include "vm.h"

#include <math.h>
#include <string.h>

static const char *const state_names[] = {
    [MP_PATCH_STAGED] = "staged",   [MP_PATCH_TRIAL] = "trial",
    [MP_PATCH_ACTIVE] = "active",   [MP_PATCH_QUARANTINED] = "quarantined",
    [MP_PATCH_REFUSED] = "refused", [MP_PATCH_REMOVED] = "removed",
};

const char *mp_patch_state_name(MpPatchState state) { return state_names[state]; }

static MpPatchState state_from_name(const char *name)
{
    for (size_t i = 0; i < sizeof state_names / sizeof *state_names; i++) {
        if (strcmp(state_names[i], name) == 0)
            return (MpPatchState)i;
    }
    return MP_PATCH_REFUSED;
}

static const char *const blame_names[] = {
    [MP_PATCH_BLAME_ERROR] = "error",   [MP_PATCH_BLAME_RUNAWAY] = "runaway",
    [MP_PATCH_BLAME_MEMORY] = "memory", [MP_PATCH_BLAME_MIGRATION] = "migration",
    [MP_PATCH_BLAME_CRASH] = "crash",   [MP_PATCH_BLAME_HANG] = "hang",
};

static MpPatchBlame blame_from_name(const char *name)
{
    for (size_t i = 0; i < sizeof blame_names / sizeof *blame_names; i++) {
        if (strcmp(blame_names[i], name) == 0)
            return (MpPatchBlame)i;
    }
    return MP_PATCH_BLAME_ERROR;
}

/* The text in field `key` of the table on the stack's top; it stays valid while the table does. */
static const char *text_field(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1);
    return text ? text : "";
}

static bool flag_field(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return flag;
}

static lua_Number number_field(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    lua_Number number = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return number;
}

static void set_text(lua_State *L, const char *key, const char *text, size_t size)
{
    if (!text)
        return;
    lua_pushlstring(L, text, size);
    lua_setfield(L, -2, key);
}

static void set_flag(lua_State *L, const char *key, bool flag)
{
    lua_pushboolean(L, flag);
    lua_setfield(L, -2, key);
}

static void push_change(lua_State *L, const MpPatchChange *change)
{
    lua_newtable(L);
    set_text(L, "file", change->file, strlen(change->file));
    set_text(L, "text", change->text, change->size);
    set_text(L, "root", change->root, change->root ? strlen(change->root) : 0);
    set_text(L, "problem", change->problem, change->problem ? strlen(change->problem) : 0);
    set_text(L, "blame", blame_names[change->blame], strlen(blame_names[change->blame]));
    set_text(L, "condemned", change->condemned, change->condemned ? strlen(change->condemned) : 0);
    set_text(L, "waits_for", change->waits_for, change->waits_for ? strlen(change->waits_for) : 0);
    set_flag(L, "rehearsed", change->rehearsed);
    set_flag(L, "proven", change->proven);
}

static void log_event(const MpVm *vm, const MpPatchEvent *event)
{
    bool runs = event->state == MP_PATCH_ACTIVE || event->state == MP_PATCH_TRIAL;
    if (runs && event->cause[0])
        mp_vm_log(vm, MP_SEVERITY_WARNING, "patch %s rolled back to %s", event->id, event->cause);
    else if (runs)
        mp_vm_log(vm, event->changed ? MP_SEVERITY_INFO : MP_SEVERITY_DEBUG, "patch %s %s",
                  event->id, event->changed ? "applied" : "passed its trial");
    else if (event->state == MP_PATCH_REMOVED)
        mp_vm_log(vm, MP_SEVERITY_INFO, "patch %s removed", event->id);
    else
        mp_vm_log(vm, MP_SEVERITY_WARNING, "patch %s %s: %s", event->id,
                  mp_patch_state_name(event->state), event->cause);
}

/* Tells the host of the event on the stack's top. */
static void announce(const MpVm *vm, lua_State *L)
{
    MpPatchEvent event = {
        .file = text_field(L, "file"),
        .id = text_field(L, "id"),
        .state = state_from_name(text_field(L, "state")),
        .changed = flag_field(L, "changed"),
        .in_effect = flag_field(L, "in_effect"),
        .rolled_back = flag_field(L, "rolled_back"),
        .version = number_field(L, "version"),
        .blame = blame_from_name(text_field(L, "blame")),
        .cause = text_field(L, "cause"),
    };
    log_event(vm, &event);
    if (vm->options.patch_event)
        vm->options.patch_event(vm->options.user, &event);
}

void mp_patch_announce(MpVm *vm)
{
    lua_State *L = vm->main;
    int count = (int)lua_objlen(L, -1);
    mp_vm_enter(vm);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        announce(vm, L);
        lua_pop(L, 1);
    }
    vm->depth--;
    lua_pop(L, 1);
}

/* Reports the message on the stack's top. */
static void fail(const MpVm *vm)
{
    mp_vm_log(vm, MP_SEVERITY_ERROR, "applying patches: %s", lua_tostring(vm->main, -1));
    lua_pop(vm->main, 1);
}

/* Returns whether it is over. */
static bool proceed(MpVm *vm, double seconds, bool leniently)
{
    lua_State *L = vm->main;
    lua_pushnumber(L, seconds);
    lua_pushboolean(L, leniently);
    if (!mp_half_call(vm, "proceed", 2, 1)) {
        fail(vm);
        return true;
    }
    bool over = lua_istable(L, -1);
    if (over)
        mp_patch_announce(vm);
    else
        lua_pop(L, 1);
    return over;
}

bool mp_patch_proceed(MpVm *vm, uint32_t microseconds)
{
    return proceed(vm, microseconds * 1e-6, false);
}

void mp_patch_begin(MpVm *vm, const MpPatchChange *changes, size_t count)
{
    lua_State *L = vm->main;
    proceed(vm, HUGE_VAL, false); /* with what was begun before */
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        push_change(L, &changes[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    if (!mp_half_call(vm, "begin_change", 1, 0))
        fail(vm);
}

void mp_patch_apply(MpVm *vm, const MpPatchChange *changes, size_t count)
{
    mp_patch_begin(vm, changes, count);
    proceed(vm, HUGE_VAL, false);
}

void mp_patch_apply_lenient(MpVm *vm, const MpPatchChange *changes, size_t count)
{
    mp_patch_begin(vm, changes, count);
    proceed(vm, HUGE_VAL, true);
}

/* ---- listing ------------------------------------------------------------------------------ */

enum { OVERRIDES_SHOWN = 256 };

static void visit_info(lua_State *L, void (*visit)(void *, const MpPatchInfo *), void *user)
{
    const char *overrides[OVERRIDES_SHOWN];
    size_t count = 0;
    lua_getfield(L, -1, "overrides");
    int total = (int)lua_objlen(L, -1);
    for (int i = 1; i <= total && count < OVERRIDES_SHOWN; i++) {
        lua_rawgeti(L, -1, i);
        overrides[count++] = lua_tostring(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    MpPatchInfo info = {
        .file = text_field(L, "file"),
        .id = text_field(L, "id"),
        .state = state_from_name(text_field(L, "state")),
        .cause = text_field(L, "cause"),
        .version = number_field(L, "version"),
        .overrides = overrides,
        .override_count = count,
        .calls = (uint64_t)number_field(L, "calls"),
        .errors = (uint32_t)number_field(L, "errors"),
    };
    visit(user, &info);
}

void mp_patch_each(MpVm *vm, void (*visit)(void *user, const MpPatchInfo *info), void *user)
{
    lua_State *L = vm->main;
    if (!mp_half_call(vm, "list", 0, 1)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "listing patches: %s", lua_tostring(L, -1));
        lua_pop(L, 1);
        return;
    }
    int count = (int)lua_objlen(L, -1);
    mp_vm_enter(vm);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        visit_info(L, visit, user);
        lua_pop(L, 1);
    }
    vm->depth--;
    lua_pop(L, 1);
}
