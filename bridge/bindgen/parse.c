/*
 * parse.c - one annotated header, through libclang, as plain Lua tables.
 *
 * Nothing is judged here: what can be bound and what not is decided in lua/api.lua, which gets
 * every annotated declaration of the header with its types, places and comments.
 */
#include "parse.h"

#include "diagnostics.h"
#include "fields.h"

#include <clang-c/Index.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

static const char ANNOTATION_PREFIX[] = "moonpatch:";

/* ---- annotations ------------------------------------------------------------------------- */

static enum CXChildVisitResult visit_annotation(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    lua_State *L = data;
    if (clang_getCursorKind(cursor) != CXCursor_AnnotateAttr)
        return CXChildVisit_Continue;
    CXString string = clang_getCursorSpelling(cursor);
    const char *text = clang_getCString(string);
    size_t prefix = strlen(ANNOTATION_PREFIX);
    if (strncmp(text, ANNOTATION_PREFIX, prefix) == 0) {
        lua_pushstring(L, text + prefix);
        mp_append(L);
    }
    clang_disposeString(string);
    return CXChildVisit_Continue;
}

static void set_annotations(lua_State *L, CXCursor cursor)
{
    lua_newtable(L);
    clang_visitChildren(cursor, visit_annotation, L);
    lua_setfield(L, -2, "annotations");
}

/* ---- types ------------------------------------------------------------------------------- */

static const char *integer_kind(CXType type, bool is_signed)
{
    switch (clang_Type_getSizeOf(type)) {
    case 1:
        return is_signed ? "int8" : "uint8";
    case 2:
        return is_signed ? "int16" : "uint16";
    case 4:
        return is_signed ? "int32" : "uint32";
    case 8:
        return is_signed ? "int64" : "uint64";
    default:
        return "other";
    }
}

static const char *type_kind(CXType type)
{
    switch (type.kind) {
    case CXType_Void:
        return "void";
    case CXType_Bool:
        return "bool";
    case CXType_Float:
        return "float";
    case CXType_Double:
        return "double";
    case CXType_Char_S:
    case CXType_Char_U:
        return "char";
    case CXType_SChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
        return integer_kind(type, true);
    case CXType_UChar:
    case CXType_UShort:
    case CXType_UInt:
    case CXType_ULong:
    case CXType_ULongLong:
        return integer_kind(type, false);
    case CXType_Pointer:
        return "pointer";
    case CXType_Record:
        return "record";
    case CXType_Enum:
        return "enum";
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
        return "array";
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return "function";
    default:
        return "other";
    }
}

static enum CXChildVisitResult visit_field(CXCursor cursor, CXCursor parent, CXClientData data);

static void set_fields(lua_State *L, CXCursor record)
{
    lua_newtable(L);
    clang_visitChildren(record, visit_field, L);
    lua_setfield(L, -2, "fields");
}

/*
 * How far a type is followed. Structs that are copied carry their fields; so do the structs that
 * a parameter points to. Further pointers lead nowhere: types may refer to themselves.
 */
typedef enum Follow {
    FOLLOW_NOTHING,
    FOLLOW_VALUES,
    FOLLOW_POINTERS,
} Follow;

static void push_type(lua_State *L, CXType written, Follow follow);

static void set_type(lua_State *L, const char *key, CXType type, Follow follow)
{
    push_type(L, type, follow);
    lua_setfield(L, -2, key);
}

static void set_declaration_of(lua_State *L, CXType type, Follow follow)
{
    CXCursor declaration = clang_getTypeDeclaration(type);
    CXCursor definition = clang_getCursorDefinition(declaration);
    if (!clang_Cursor_isNull(definition))
        declaration = definition;
    mp_set_string(L, "name", clang_getCursorSpelling(declaration));
    set_annotations(L, declaration);
    mp_set_boolean(L, "union", clang_getCursorKind(declaration) == CXCursor_UnionDecl);
    mp_set_integer(L, "size", clang_Type_getSizeOf(type));
    if (type.kind == CXType_Record && follow != FOLLOW_NOTHING)
        set_fields(L, declaration);
}

/* A pointer to a function is known by the name of its typedef, which may be annotated. */
static void set_typedef(lua_State *L, CXType written, CXType canonical)
{
    if (strcmp(type_kind(clang_getPointeeType(canonical)), "function") != 0)
        return;
    CXCursor declaration = clang_getTypeDeclaration(written);
    if (clang_getCursorKind(declaration) == CXCursor_TypedefDecl) {
        mp_set_string(L, "name", clang_getCursorSpelling(declaration));
        set_annotations(L, declaration);
    }
}

/* Code repeats a type as it is written, save for arrays, which are cast to pointers, and typeof. */
static CXType repeatable(CXType written, CXType canonical)
{
    bool is_array = strcmp(type_kind(canonical), "array") == 0;
    return is_array || written.kind == CXType_Unexposed ? canonical : written;
}

static void push_type(lua_State *L, CXType written, Follow follow)
{
    CXType type = clang_getCanonicalType(written);
    luaL_checkstack(L, 8, "structs are nested too deeply");
    lua_newtable(L);
    mp_set_string(L, "spelling", clang_getTypeSpelling(repeatable(written, type)));
    lua_pushstring(L, type_kind(type));
    lua_setfield(L, -2, "kind");
    mp_set_boolean(L, "const", clang_isConstQualifiedType(type) != 0);
    if (type.kind == CXType_Pointer) {
        set_typedef(L, written, type);
        Follow pointee = follow == FOLLOW_POINTERS ? FOLLOW_VALUES : FOLLOW_NOTHING;
        set_type(L, "pointee", clang_getPointeeType(type), pointee);
    } else if (strcmp(type_kind(type), "array") == 0) {
        set_type(L, "element", clang_getArrayElementType(type), follow);
        if (type.kind == CXType_ConstantArray)
            mp_set_integer(L, "count", clang_getArraySize(type));
    } else if (type.kind == CXType_Record || type.kind == CXType_Enum) {
        set_declaration_of(L, type, follow);
    }
}

/* ---- declarations ------------------------------------------------------------------------ */

static void push_declaration(lua_State *L, CXCursor cursor)
{
    lua_newtable(L);
    mp_set_string(L, "name", clang_getCursorSpelling(cursor));
    mp_set_string(L, "comment", clang_Cursor_getRawCommentText(cursor));
    mp_set_location(L, clang_getCursorLocation(cursor));
    set_annotations(L, cursor);
}

/* Whether it stands for a member. That of an unnamed struct or union is not visited, its type is.
 */
static bool is_member(CXCursor cursor)
{
    if (clang_getCursorKind(cursor) == CXCursor_FieldDecl)
        return true;
    return clang_Cursor_isAnonymousRecordDecl(cursor) != 0;
}

static enum CXChildVisitResult visit_field(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    lua_State *L = data;
    /* What the compiler complained of may have no end: a struct in itself, the * forgotten. */
    if (!is_member(cursor) || clang_isInvalidDeclaration(cursor))
        return CXChildVisit_Continue;
    push_declaration(L, cursor);
    set_type(L, "type", clang_getCursorType(cursor), FOLLOW_VALUES);
    mp_set_integer(L, "offset", clang_Cursor_getOffsetOfField(cursor) / 8);
    mp_set_integer(L, "size", clang_Type_getSizeOf(clang_getCursorType(cursor)));
    mp_set_integer(L, "align", clang_Type_getAlignOf(clang_getCursorType(cursor)));
    mp_set_boolean(L, "bitfield", clang_Cursor_isBitField(cursor) != 0);
    mp_append(L);
    return CXChildVisit_Continue;
}

static void push_record(lua_State *L, CXCursor cursor)
{
    push_declaration(L, cursor);
    mp_set_integer(L, "size", clang_Type_getSizeOf(clang_getCursorType(cursor)));
    mp_set_integer(L, "align", clang_Type_getAlignOf(clang_getCursorType(cursor)));
    mp_set_boolean(L, "union", clang_getCursorKind(cursor) == CXCursor_UnionDecl);
    set_fields(L, cursor);
}

static enum CXChildVisitResult visit_constant(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    lua_State *L = data;
    if (clang_getCursorKind(cursor) != CXCursor_EnumConstantDecl)
        return CXChildVisit_Continue;
    push_declaration(L, cursor);
    mp_set_integer(L, "value", clang_getEnumConstantDeclValue(cursor));
    mp_append(L);
    return CXChildVisit_Continue;
}

static void push_enum(lua_State *L, CXCursor cursor)
{
    push_declaration(L, cursor);
    lua_newtable(L);
    clang_visitChildren(cursor, visit_constant, L);
    lua_setfield(L, -2, "constants");
}

/* Appends a parameter to the list on the stack's top. */
static void append_parameter(lua_State *L, CXCursor parameter)
{
    push_declaration(L, parameter);
    set_type(L, "type", clang_getCursorType(parameter), FOLLOW_POINTERS);
    mp_append(L);
}

static bool says(CXString string, const char *what)
{
    const char *text = clang_getCString(string);
    bool found = text && strstr(text, what);
    clang_disposeString(string);
    return found;
}

/* libclang tells of it in no other way than as C. */
static bool never_returns(CXCursor function)
{
    return says(clang_getCursorPrettyPrinted(function, NULL), "_Noreturn") ||
           says(clang_getTypeSpelling(clang_getCursorType(function)), "((noreturn))");
}

static void push_function(lua_State *L, CXCursor cursor)
{
    push_declaration(L, cursor);
    set_type(L, "result", clang_getCursorResultType(cursor), FOLLOW_POINTERS);
    mp_set_boolean(L, "variadic", clang_Cursor_isVariadic(cursor) != 0);
    mp_set_boolean(L, "defined", clang_isCursorDefinition(cursor) != 0);
    mp_set_boolean(L, "inline", clang_Cursor_isFunctionInlined(cursor) != 0);
    mp_set_boolean(L, "static", clang_Cursor_getStorageClass(cursor) == CX_SC_Static);
    mp_set_boolean(L, "noreturn", never_returns(cursor));
    lua_newtable(L);
    int count = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < count; i++)
        append_parameter(L, clang_Cursor_getArgument(cursor, (unsigned)i));
    lua_setfield(L, -2, "parameters");
}

static enum CXChildVisitResult visit_parameter(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_ParmDecl)
        append_parameter(data, cursor);
    return CXChildVisit_Continue;
}

/* A typedef: of a pointer to a function, as if it were that function. */
static void push_typedef(lua_State *L, CXCursor cursor)
{
    CXType function = clang_getPointeeType(clang_getTypedefDeclUnderlyingType(cursor));
    push_declaration(L, cursor);
    if (strcmp(type_kind(clang_getCanonicalType(function)), "function") != 0)
        return;
    set_type(L, "result", clang_getResultType(function), FOLLOW_POINTERS);
    mp_set_boolean(L, "variadic", clang_isFunctionTypeVariadic(function) != 0);
    lua_newtable(L);
    clang_visitChildren(cursor, visit_parameter, L);
    lua_setfield(L, -2, "parameters");
}

/* Appends the value on the stack's top to the list `key` of the table below it. */
static void append_to(lua_State *L, const char *key)
{
    lua_getfield(L, -2, key);
    lua_insert(L, -2);
    mp_append(L);
    lua_pop(L, 1);
}

/* Notes the name of a typedef, of whatever file, in the set `typedef_names`. */
static void note_typedef(lua_State *L, CXCursor cursor)
{
    CXString name = clang_getCursorSpelling(cursor);
    lua_getfield(L, -1, "typedef_names");
    mp_set_boolean(L, clang_getCString(name), true);
    lua_pop(L, 1);
    clang_disposeString(name);
}

/* Whether it is declared in the header itself, if need be by a macro. */
static bool is_of_header(CXCursor cursor)
{
    CXTranslationUnit unit = clang_Cursor_getTranslationUnit(cursor);
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
    CXString path = clang_getTranslationUnitSpelling(unit);
    bool is_main = file && clang_File_isEqual(file, clang_getFile(unit, clang_getCString(path)));
    clang_disposeString(path);
    return is_main;
}

/* Notes a function that another file declares. */
static void note_function(lua_State *L, CXCursor cursor)
{
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return;
    push_declaration(L, cursor);
    append_to(L, "elsewhere");
}

static enum CXChildVisitResult visit_inner(CXCursor cursor, CXCursor parent, CXClientData data);

static enum CXChildVisitResult visit_top_level(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    lua_State *L = data;
    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl)
        note_typedef(L, cursor);
    if (!is_of_header(cursor)) {
        note_function(L, cursor);
        return CXChildVisit_Continue;
    }
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
        if (clang_isCursorDefinition(cursor)) {
            push_record(L, cursor);
            append_to(L, "records");
            clang_visitChildren(cursor, visit_inner, L);
        }
        break;
    case CXCursor_EnumDecl:
        if (clang_isCursorDefinition(cursor)) {
            push_enum(L, cursor);
            append_to(L, "enums");
        }
        break;
    case CXCursor_FunctionDecl:
        push_function(L, cursor);
        append_to(L, "functions");
        break;
    case CXCursor_TypedefDecl:
        push_typedef(L, cursor);
        append_to(L, "typedefs");
        break;
    default: /* variables: only to find words that have no effect there */
        push_declaration(L, cursor);
        append_to(L, "others");
        break;
    }
    return CXChildVisit_Continue;
}

/* C has no inner types: what is declared inside a struct is declared beside it. */
static enum CXChildVisitResult visit_inner(CXCursor cursor, CXCursor parent, CXClientData data)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool is_type =
        kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_EnumDecl;
    return is_type ? visit_top_level(cursor, parent, data) : CXChildVisit_Continue;
}

/* ---- the translation unit ---------------------------------------------------------------- */

static void visit_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack;
    (void)depth;
    lua_State *L = data;
    CXString name = clang_getFileName(file);
    lua_pushstring(L, clang_getCString(name));
    clang_disposeString(name);
    mp_append(L);
}

static void push_unit(lua_State *L, CXTranslationUnit unit)
{
    static const char *const lists[] = {"records", "enums",         "functions", "typedefs",
                                        "others",  "typedef_names", "elsewhere"};
    lua_newtable(L);
    mp_push_diagnostics(L, unit);
    lua_setfield(L, -2, "diagnostics");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lua_newtable(L);
        lua_setfield(L, -2, lists[i]);
    }
    lua_newtable(L);
    clang_getInclusions(unit, visit_inclusion, L);
    lua_setfield(L, -2, "files");
    clang_visitChildren(clang_getTranslationUnitCursor(unit), visit_top_level, L);
}

/* Reads the list at `index` into `arguments`; returns how many there were. */
static int read_arguments(lua_State *L, int index, const char **arguments, int room)
{
    int count = (int)lua_objlen(L, index);
    if (count > room)
        return luaL_error(L, "more than %d compiler arguments", room);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, index, i + 1);
        arguments[i] = luaL_checkstring(L, -1);
        lua_pop(L, 1); /* the list keeps the string alive */
    }
    return count;
}

int mp_parse_header(lua_State *L)
{
    enum { ROOM = 256 };
    const char *arguments[ROOM];
    const char *path = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    int count = read_arguments(L, 2, arguments, ROOM);

    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = NULL;
    enum CXErrorCode failure = clang_parseTranslationUnit2(index, path, arguments, count, NULL, 0,
                                                           CXTranslationUnit_None, &unit);
    if (failure == CXError_Success)
        push_unit(L, unit);
    else
        lua_pushnil(L);
    clang_disposeTranslationUnit(unit);
    clang_disposeIndex(index);
    return 1;
}

int mp_parser_version(lua_State *L)
{
    CXString version = clang_getClangVersion();
    lua_pushstring(L, clang_getCString(version));
    clang_disposeString(version);
    return 1;
}
