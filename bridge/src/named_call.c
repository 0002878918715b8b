/*
 * named_call.c - C calls a Lua function by its name, with arguments and results by letter.
 */
#include "binding.h"
#include "failure.h"
#include "handle.h"
#include "table.h"
#include "thread.h"
#include "wide.h"

#include <string.h>

/* The letters of signatures, and what each stands for, for people; a 'v' names its type itself. */
static const char letters[] = "nilbsyotv";
static const char *const words[] = {"number", "integer", "64-bit integer", "boolean",
                                    "string", "string",  "object",         "table"};

static const char no_type[] = "no value struct and no enum has that name";

/* ---- arguments ---------------------------------------------------------------------------- */

static bool push_object(MpVm *vm, lua_State *L, const MpObject *object)
{
    mp_push_object(vm, L, object);
    return !object || !lua_isnil(L, -1);
}

static void push_bytes(lua_State *L, va_list *arguments)
{
    const char *bytes = va_arg(*arguments, const char *);
    mp_push_bytes(L, bytes, va_arg(*arguments, size_t));
}

/* Pushes a value struct or an enum by the name of its type. False: there is none of that name. */
static bool push_named(MpVm *vm, lua_State *L, va_list *arguments)
{
    lua_pushstring(L, va_arg(*arguments, const char *));
    lua_pushlightuserdata(L, (void *)(uintptr_t)va_arg(*arguments, const void *));
    return mp_half_call_on(vm, L, "from_place", 2, 1) && !lua_isnil(L, -1);
}

/* Pushes one argument; returns what is wrong with it, or NULL. */
static const char *push_argument(MpVm *vm, lua_State *L, char letter, va_list *arguments)
{
    switch (letter) {
    case 'n':
        lua_pushnumber(L, va_arg(*arguments, double));
        return NULL;
    case 'i':
        lua_pushinteger(L, va_arg(*arguments, int));
        return NULL;
    case 'l':
        mp_wide_push(vm, L, va_arg(*arguments, long long));
        return NULL;
    case 'b':
        lua_pushboolean(L, va_arg(*arguments, int));
        return NULL;
    case 's':
        lua_pushstring(L, va_arg(*arguments, const char *));
        return NULL;
    case 'y':
        push_bytes(L, arguments);
        return NULL;
    case 'v':
        return push_named(vm, L, arguments) ? NULL : no_type;
    case 'o':
        return push_object(vm, L, va_arg(*arguments, const MpObject *))
                   ? NULL
                   : "the object is not registered, or of another Lua machine";
    default:
        return mp_table_push(vm, L, va_arg(*arguments, const MpTable *))
                   ? NULL
                   : "the table is not registered, or of another Lua machine";
    }
}

/* Pushes the arguments; returns how many, or -1 after an error. */
static int push_arguments(MpVm *vm, const char *function, const char *signature, va_list *arguments,
                          MpError *error)
{
    int count = 0;
    for (; signature[count] && signature[count] != '>'; count++) {
        const char *wrong = push_argument(vm, mp_thread_state(vm), signature[count], arguments);
        if (wrong) {
            mp_error_set(error, MP_INVALID, "%s: argument %d: %s", function, count + 1, wrong);
            return -1;
        }
    }
    return count;
}

/* ---- results ------------------------------------------------------------------------------ */

typedef enum Fit { FITS, DOES_NOT_FIT, NO_TYPE } Fit;

/* Whether the value at `index` is of a type that has a name. Then it is written to `place`, unless
 * that is NULL. */
static Fit to_place(MpVm *vm, int index, const char *type, void *place)
{
    lua_State *L = mp_thread_state(vm);
    lua_pushstring(L, type);
    lua_pushvalue(L, index);
    lua_pushlightuserdata(L, place);
    bool ok = mp_half_call_on(vm, L, "to_place", 3, 1) && lua_isboolean(L, -1);
    Fit fit = !ok ? NO_TYPE : lua_toboolean(L, -1) ? FITS : DOES_NOT_FIT;
    lua_pop(L, 1);
    return fit;
}

/* Whether the value at `index` fits the letter. */
static bool fits(MpVm *vm, int index, char letter)
{
    lua_State *L = mp_thread_state(vm);
    double number;
    long long integer;
    MpObject *object;
    switch (letter) {
    case 'n':
        return lua_type(L, index) == LUA_TNUMBER;
    case 'i':
        return mp_read_whole(L, index, INT32_MIN, INT32_MAX, &number);
    case 'l':
        return mp_wide_read(vm, L, index, &integer);
    case 'b':
        return lua_isboolean(L, index);
    case 's':
        return mp_read_string(L, index) != NULL;
    case 'y':
        return lua_type(L, index) == LUA_TSTRING;
    case 'o':
        return mp_handle_read(vm, L, index, NULL, &object);
    default:
        return lua_isnil(L, index) || lua_istable(L, index);
    }
}

/* Checks the result at `index`, and passes over its places. Else pushes what is wrong. */
static bool check_result(MpVm *vm, int index, char letter, va_list *arguments)
{
    lua_State *L = mp_thread_state(vm);
    const char *type = letter == 'v' ? va_arg(*arguments, const char *) : NULL;
    Fit fit = type                      ? to_place(vm, index, type, NULL)
              : fits(vm, index, letter) ? FITS
                                        : DOES_NOT_FIT;
    (void)va_arg(*arguments, void *);
    if (letter == 'y')
        (void)va_arg(*arguments, size_t *);
    if (fit == DOES_NOT_FIT)
        mp_push_mismatch(vm, L, index, type ? type : words[strchr(letters, letter) - letters]);
    else if (fit == NO_TYPE)
        lua_pushstring(L, no_type);
    return fit == FITS;
}

/* Text that the host may hold until the next call. */
static const char *keep_text(const MpVm *vm, int index)
{
    lua_State *L = mp_thread_state(vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->results);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (int)lua_objlen(L, -2) + 1);
    lua_pop(L, 1);
    return lua_tostring(L, index);
}

static void forget_texts(const MpVm *vm)
{
    lua_State *L = mp_thread_state(vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->results);
    for (int i = (int)lua_objlen(L, -1); i > 0; i--) {
        lua_pushnil(L);
        lua_rawseti(L, -2, i);
    }
    lua_pop(L, 1);
}

static void read_result(MpVm *vm, int index, char letter, va_list *arguments)
{
    lua_State *L = mp_thread_state(vm);
    switch (letter) {
    case 'n':
        *va_arg(*arguments, double *) = lua_tonumber(L, index);
        break;
    case 'i':
        *va_arg(*arguments, int *) = (int)lua_tonumber(L, index);
        break;
    case 'l':
        mp_wide_read(vm, L, index, va_arg(*arguments, long long *));
        break;
    case 'b':
        *va_arg(*arguments, bool *) = lua_toboolean(L, index);
        break;
    case 's':
        *va_arg(*arguments, const char **) = keep_text(vm, index);
        break;
    case 'y':
        *va_arg(*arguments, const char **) = keep_text(vm, index);
        *va_arg(*arguments, size_t *) = lua_objlen(L, index);
        break;
    case 'v': {
        const char *type = va_arg(*arguments, const char *);
        to_place(vm, index, type, va_arg(*arguments, void *));
        break;
    }
    case 'o':
        mp_handle_read(vm, L, index, NULL, va_arg(*arguments, MpObject **));
        break;
    default:
        *va_arg(*arguments, MpTable **) =
            lua_istable(L, index) ? mp_table_hold(vm, L, index, "") : NULL;
        break;
    }
}

/* Reads all results, which start at `first`, or none. */
static bool read_results(MpVm *vm, const char *function, int first, const char *results,
                         va_list *arguments, MpError *error)
{
    va_list ahead;
    va_copy(ahead, *arguments);
    int good = 0;
    while (results[good] && check_result(vm, first + good, results[good], &ahead))
        good++;
    va_end(ahead);
    if (results[good]) {
        lua_State *L = mp_thread_state(vm);
        mp_error_set(error, MP_SCRIPT, "%s: result %d: %s", function, good + 1,
                     lua_tostring(L, -1));
        lua_pushfstring(L, "%s: result %d: %s", function, good + 1, lua_tostring(L, -1));
        mp_failure_conclude(vm, lua_tostring(L, -1), false);
        return false;
    }
    for (int i = 0; results[i]; i++)
        read_result(vm, first + i, results[i], arguments);
    return true;
}

/* ---- the call ----------------------------------------------------------------------------- */

/* The letters of the results; NULL after an error. */
static const char *check_signature(lua_State *L, const char *function, const char *signature,
                                   MpError *error)
{
    const char *results = signature + strspn(signature, letters);
    results += *results == '>';
    const char *end = results + strspn(results, letters);
    if (*end)
        mp_error_set(error, MP_INVALID, "%s: '%c' is no letter of a call signature", function,
                     *end);
    else if (!lua_checkstack(L, (int)(end - signature) + LUA_MINSTACK))
        mp_error_set(error, MP_LIMIT, "%s: too many arguments and results", function);
    else
        return results;
    return NULL;
}

/* Forgets whose fault an earlier error was: no handler runs for every error. */
static void forget_culprit(MpVm *vm, lua_State *L)
{
    lua_pushboolean(L, false);
    lua_rawseti(L, LUA_REGISTRYINDEX, vm->culprit);
}

/* Tells of the error on the stack's top. If a patch raised it where no layer of it stood guard, in
 * a timer or a listener, it counts against the patch; a stop was told when it began. */
static void take_error(MpVm *vm, lua_State *L, MpError *error)
{
    bool was_stopped = vm->watch.stopping;
    vm->watch.stopping = false; /* it got here, and goes no further */
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->culprit);
    bool by_patch = lua_istable(L, -1);
    mp_failure_conclude(vm, lua_tostring(L, -2), by_patch);
    if (!was_stopped && by_patch) {
        lua_pushvalue(L, -2);
        mp_half_call_on(vm, L, "escaped", 2, 1);
    } else {
        lua_pop(L, 1);
    }
    mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
}

/* Calls what is on the stack's top. */
static bool call_function(MpVm *vm, const char *function, MpError *error, const char *signature,
                          va_list *arguments)
{
    lua_State *L = mp_thread_state(vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, vm->traceback);
    lua_insert(L, -2);
    int base = lua_gettop(L) - 1;
    const char *results = check_signature(L, function, signature, error);
    int count = results ? push_arguments(vm, function, signature, arguments, error) : -1;
    if (count < 0)
        return false;
    forget_culprit(vm, L);
    if (lua_pcall(L, count, (int)strlen(results), base) != 0) {
        take_error(vm, L, error);
        return false;
    }
    return read_results(vm, function, base + 1, results, arguments, error);
}

/* Pushes module.function, or nil if the module has none. False: an error message is pushed. */
static bool push_function(MpVm *vm, const char *module, const char *function)
{
    lua_State *L = mp_thread_state(vm);
    lua_pushstring(L, module);
    lua_pushstring(L, function);
    return mp_half_call_on(vm, L, "function_of", 2, 1);
}

bool mp_vm_callv(MpVm *vm, const char *module, const char *function, MpError *error,
                 const char *signature, va_list *arguments)
{
    if (!mp_vm_may_use(vm, "mp_vm_call", error))
        return false;
    lua_State *L = mp_thread_state(vm);
    int top = lua_gettop(L);
    bool ok = true;
    forget_texts(vm);
    mp_failure_clear(vm);
    if (!push_function(vm, module, function)) {
        mp_failure_conclude(vm, lua_tostring(L, -1), false);
        mp_error_set(error, MP_SCRIPT, "%s", lua_tostring(L, -1));
        ok = false;
    } else if (!lua_isnil(L, -1)) {
        mp_vm_enter(vm);
        ok = call_function(vm, function, error, signature, arguments);
        vm->depth--;
    }
    lua_settop(L, top);
    return ok;
}

bool mp_vm_call(MpVm *vm, const char *module, const char *function, MpError *error,
                const char *signature, ...)
{
    va_list arguments;
    va_start(arguments, signature);
    bool ok = mp_vm_callv(vm, module, function, error, signature, &arguments);
    va_end(arguments);
    return ok;
}
