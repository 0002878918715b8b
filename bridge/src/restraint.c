#include "restraint.h"

#include "module.h"

MP_THREAD_LOCAL bool mp_restrained;

/* Leaves are called by the FFI, which looks at their slots. Machines of other threads go the safe
 * way meanwhile, and may be here as well: each counts for itself. */
static void divert_leaves(const MpModule *module, bool on)
{
    for (size_t i = 0; i < module->method_count; i++) {
        const MpMethod *method = module->methods[i];
        if (!method->leaf || method->kind == MP_KIND_GETTER)
            continue;
        if (on)
            atomic_fetch_add(&method->slot->redirect, MP_REDIRECT_RESTRAINED);
        else
            atomic_fetch_sub(&method->slot->redirect, MP_REDIRECT_RESTRAINED);
    }
}

int mp_restraint_set(lua_State *L)
{
    const MpVm *vm = lua_touserdata(L, lua_upvalueindex(1));
    mp_restrained = lua_toboolean(L, 1);
    for (size_t i = 0; i < vm->module_count; i++)
        divert_leaves(vm->modules[i].module, mp_restrained);
    return 0;
}

void mp_arg_restrained(lua_State *L, const MpMethod *method)
{
    lua_pushfstring(L, "%s.%s", method->owner, method->name);
    mp_half_call_on(mp_wrapper_vm(L), L, "refusal", 1, 1);
    lua_error(L);
}
