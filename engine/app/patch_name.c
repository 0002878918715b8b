#include "app/patch_name.h"

#include "log/log.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME_SHOWN = 300 };

typedef int Compare(const char *a, const char *b);

static bool has_suffix(const char *name, const char *suffix, Compare *compare)
{
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && compare(name + length - tail, suffix) == 0;
}

static bool has_kind(const char *name, Compare *compare)
{
    return has_suffix(name, ".lua", compare) || has_suffix(name, ".zip", compare);
}

/* A line break in a name would break the lines that tell of it. */
static bool is_printable(const char *name)
{
    for (; *name; name++) {
        if ((unsigned char)*name < 0x20 || *name == 0x7F)
            return false;
    }
    return true;
}

bool mp_patch_name_is_bundle(const char *name) { return has_suffix(name, ".zip", strcmp); }

bool mp_patch_name_is_overlay(const char *name)
{
    return strncmp(name, "scripts/", strlen("scripts/")) == 0;
}

bool mp_patch_name_is_patch(const char *name)
{
    return name[0] != '.' && has_kind(name, strcmp) && is_printable(name);
}

const char *mp_patch_name_mistake(const MpWatchEntry *entry)
{
    const char *name = entry->name;
    if (name[0] == '.' || mp_patch_name_is_patch(name))
        return NULL;
    if (has_kind(name, strcasecmp))
        return is_printable(name) ? "write .lua or .zip in lower case"
                                  : "its name has control characters";
    if (entry->type == MP_WATCH_DIRECTORY && strcmp(name, "scripts") != 0 &&
        strcmp(name, "assets") != 0)
        return "patches lie in the patch folder itself, not in folders below it";
    return NULL;
}

static bool has_entry(const MpWatchList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->entries[i].name, name) == 0)
            return true;
    }
    return false;
}

void mp_patch_name_tell_mistakes(const MpWatchList *list, const MpWatchList *seen)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *why = mp_patch_name_mistake(&list->entries[i]);
        if (!why || has_entry(seen, list->entries[i].name))
            continue;
        char name[NAME_SHOWN];
        snprintf(name, sizeof name, "%s", list->entries[i].name);
        for (char *c = name; (c = strchr(c, '\n'));)
            *c = '?';
        mp_log_warning("ignored: %s: %s", name, why);
    }
}
