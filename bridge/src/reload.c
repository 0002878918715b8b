#include "moonpatch/reload.h"

#include "vm.h"

/* The text in field `key` of the table on the stack's top, or `otherwise`; the table keeps it. */
static const char *text_field(lua_State *L, const char *key, const char *otherwise)
{
    lua_getfield(L, -1, key);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1);
    return text ? text : otherwise;
}

static size_t count_field(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    size_t count = (size_t)lua_tonumber(L, -1);
    lua_pop(L, 1);
    return count;
}

static void log_event(const MpVm *vm, const MpReloadEvent *event)
{
    if (event->problem)
        mp_vm_log(vm, MP_SEVERITY_WARNING, "reload of %s refused, the earlier code stays: %s",
                  event->files, event->problem);
    else
        mp_vm_log(vm, MP_SEVERITY_INFO, "reloaded %s: %zu function%s", event->files,
                  event->functions, event->functions == 1 ? "" : "s");
    if (event->stale[0])
        mp_vm_log(vm, MP_SEVERITY_WARNING, "still running earlier code: %s", event->stale);
}

static void tell(MpVm *vm, const MpReloadEvent *event)
{
    if (vm->options.reload_event)
        vm->options.reload_event(vm->options.user, event);
}

/* A reload that could not even be refused in good order, as without memory, is none that passed. */
static void announce_failure(MpVm *vm, const char *problem)
{
    vm->depth++;
    mp_vm_log(vm, MP_SEVERITY_ERROR, "reload: %s", problem);
    tell(vm, &(MpReloadEvent){.files = "", .problem = problem, .stale = ""});
    vm->depth--;
}

/* Tells of the event on the stack's top. */
static void announce(MpVm *vm, lua_State *L)
{
    MpReloadEvent event = {
        .files = text_field(L, "files", ""),
        .problem = text_field(L, "problem", NULL),
        .functions = count_field(L, "functions"),
        .stale = text_field(L, "stale", ""),
    };
    vm->depth++;
    log_event(vm, &event);
    tell(vm, &event);
    vm->depth--;
}

bool mp_vm_reload(MpVm *vm)
{
    lua_State *L = vm->main;
    MpError error;
    if (!mp_vm_is_idle(vm, "mp_vm_reload", &error)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "%s", error.message);
        return false;
    }
    bool ok = mp_half_call(vm, "reload", 0, 1);
    bool news = ok && lua_istable(L, -1);
    if (!ok)
        announce_failure(vm, lua_tostring(L, -1));
    else if (news)
        announce(vm, L);
    lua_pop(L, 1);
    return news;
}

void mp_vm_each_stale(MpVm *vm, void (*visit)(void *user, const MpStale *stale), void *user)
{
    lua_State *L = vm->main;
    if (!mp_half_call(vm, "census", 0, 1)) {
        mp_vm_log(vm, MP_SEVERITY_ERROR, "census: %s", lua_tostring(L, -1));
        lua_pop(L, 1);
        return;
    }
    vm->depth++;
    for (int i = 1; lua_rawgeti(L, -1, i), lua_istable(L, -1); i++, lua_pop(L, 1)) {
        visit(user, &(MpStale){
                        .kind = text_field(L, "kind", ""),
                        .name = text_field(L, "name", ""),
                        .place = text_field(L, "place", ""),
                        .why = text_field(L, "why", ""),
                    });
    }
    vm->depth--;
    lua_pop(L, 2);
}
