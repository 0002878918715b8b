#include "function_name.h"

#include "binding.h"
#include "script_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char keyword[] = "function";

static bool is_of_name(char byte) { return isalnum((unsigned char)byte) || strchr("_.:", byte); }

static bool is_space(char byte) { return byte == ' ' || byte == '\t'; }

/* "function NAME(" */
static size_t name_behind(const char *at, const char **name)
{
    while (is_space(*at))
        at++;
    *name = at;
    while (*at && is_of_name(*at))
        at++;
    return (size_t)(at - *name);
}

/* "NAME = function(" */
static size_t name_before(const char *line, const char *at, const char **name)
{
    while (at > line && is_space(at[-1]))
        at--;
    if (at == line || *--at != '=')
        return 0;
    while (at > line && is_space(at[-1]))
        at--;
    const char *end = at;
    while (at > line && is_of_name(at[-1]))
        at--;
    *name = at;
    return (size_t)(end - at);
}

/* The name in the line where a function begins. Where two begin, nobody knows which one it is. */
static bool read_name(char *line, char *name)
{
    const char *found = NULL;
    line[strcspn(line, "\r\n")] = '\0';
    char *at = strstr(line, keyword);
    if (!at || strstr(at + 1, keyword))
        return false;
    size_t length = name_behind(at + sizeof keyword - 1, &found);
    if (length == 0)
        length = name_before(line, at, &found);
    if (length == 0 || length >= MP_FUNCTION_NAME_SIZE)
        return false;
    snprintf(name, MP_FUNCTION_NAME_SIZE, "%.*s", (int)length, found);
    return true;
}

static bool read_definition(const MpVm *vm, lua_State *L, const lua_Debug *at, char *name)
{
    size_t size;
    char *text = mp_script_file_read(vm, L, at->source + 1, &size, NULL);
    char *line = text;
    for (int number = 1; line && number < at->linedefined; number++) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    bool is_read = line && read_name(line, name);
    free(text);
    return is_read;
}

bool mp_function_name(const MpVm *vm, lua_State *L, const lua_Debug *at,
                      char name[MP_FUNCTION_NAME_SIZE])
{
    if (at->linedefined > 0 && read_definition(vm, L, at, name))
        return true;
    if (!at->name)
        return false;
    snprintf(name, MP_FUNCTION_NAME_SIZE, "%s", at->name);
    return true;
}
