#include "leaf.h"

_Thread_local const MpMethod *mp_leaf_running;

/*
 * C that was called through the FFI must not enter the VM: compiled code has not saved the VM's
 * state (LuaJIT issues 1254, 1165).
 */
void mp_leaf_demote(const MpVm *vm, const char *deed)
{
    const MpMethod *leaf = mp_leaf_running;
    if (atomic_fetch_or(&leaf->slot->redirect, MP_REDIRECT_DEMOTED) & MP_REDIRECT_DEMOTED)
        return;
    mp_vm_log(vm, MP_SEVERITY_WARNING,
              "%s.%s is declared MP_LEAF but %s; from now on the leaf is called the slower, safe "
              "way. Declare it MP_METHOD",
              leaf->owner, leaf->name, deed);
}
