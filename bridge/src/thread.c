#include "thread.h"

_Thread_local int mp_thread_vm_count;
static _Atomic(const MpMethod *) stranger;

void mp_thread_note_stranger(const MpMethod *method)
{
    atomic_store_explicit(&stranger, method, memory_order_relaxed);
}

const MpMethod *mp_thread_take_stranger(void)
{
    return atomic_exchange_explicit(&stranger, NULL, memory_order_relaxed);
}
