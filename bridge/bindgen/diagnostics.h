#ifndef MP_BINDGEN_DIAGNOSTICS_H
#define MP_BINDGEN_DIAGNOSTICS_H

#include <clang-c/Index.h>
#include <lua.h>

/** Pushes a list of the compiler's errors; of warnings, it will tell when it compiles the header.
 */
void mp_push_diagnostics(lua_State *L, CXTranslationUnit unit);

#endif
