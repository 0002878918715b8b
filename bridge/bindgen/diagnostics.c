#include "diagnostics.h"

#include "fields.h"

/* Appends to the list on the stack's top what clang says at `severity` or above. */
static void append_diagnostics(lua_State *L, CXDiagnosticSet set,
                               enum CXDiagnosticSeverity severity)
{
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(set); i++) {
        CXDiagnostic diagnostic = clang_getDiagnosticInSet(set, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= severity) {
            lua_newtable(L);
            mp_set_location(L, clang_getDiagnosticLocation(diagnostic));
            mp_set_string(L, "text", clang_getDiagnosticSpelling(diagnostic));
            lua_pushstring(L, severity == CXDiagnostic_Note ? "note" : "error");
            lua_setfield(L, -2, "severity");
            lua_newtable(L);
            append_diagnostics(L, clang_getChildDiagnostics(diagnostic), CXDiagnostic_Note);
            lua_setfield(L, -2, "notes");
            mp_append(L);
        }
        clang_disposeDiagnostic(diagnostic);
    }
}

void mp_push_diagnostics(lua_State *L, CXTranslationUnit unit)
{
    CXDiagnosticSet set = clang_getDiagnosticSetFromTU(unit);
    lua_newtable(L);
    append_diagnostics(L, set, CXDiagnostic_Error);
    clang_disposeDiagnosticSet(set);
}
