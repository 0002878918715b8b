#include "wide.h"

#include <string.h>

/* Up to here all integers are numbers; beyond, only some. */
static const long long EXACT = 1LL << 53;

void mp_wide_push(MpVm *vm, lua_State *L, long long value)
{
    if (-EXACT <= value && value <= EXACT) {
        lua_pushnumber(L, (lua_Number)value);
        return;
    }
    lua_pushlightuserdata(L, &value);
    if (!mp_half_call_on(vm, L, "int64_at", 1, 1))
        lua_error(L);
}

static bool read_cdata(MpVm *vm, lua_State *L, int index, long long *value)
{
    lua_pushvalue(L, index);
    bool ok = mp_half_call_on(vm, L, "integer_kind", 1, 1);
    const char *kind = ok ? lua_tostring(L, -1) : NULL;
    long long bits = -1;
    if (kind)
        memcpy(&bits, lua_topointer(L, index), sizeof bits);
    bool fits = kind && (*kind != 'u' || bits >= 0);
    if (fits)
        *value = bits;
    lua_pop(L, 1);
    return fits;
}

bool mp_wide_read(MpVm *vm, lua_State *L, int index, long long *value)
{
    static const double LOW = -0x1p63, HIGH = 0x1p63 - 1024; /* the last one before 2^63 */
    double number = 0;
    if (mp_read_whole(L, index, LOW, HIGH, &number)) {
        *value = (long long)number;
        return true;
    }
    return lua_type(L, index) == MP_TYPE_CDATA && read_cdata(vm, L, index, value);
}
