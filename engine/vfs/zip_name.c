#include "vfs/zip_name.h"

#include "vfs/zip_check.h"

#include <string.h>
#include <strings.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_portable(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || (c && strchr("_.-+,@() ", c));
}

/* Windows takes these for devices, in every folder and with any ending. */
static bool is_device(const char *part, size_t length)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul"};
    size_t stem = 0;
    while (stem < length && part[stem] != '.')
        stem++;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        if (stem == 3 && strncasecmp(part, devices[i], 3) == 0)
            return true;
    }
    return stem == 4 && (strncasecmp(part, "com", 3) == 0 || strncasecmp(part, "lpt", 3) == 0) &&
           part[3] >= '1' && part[3] <= '9';
}

/* What is wrong with one part of a path, or NULL. */
static const char *part_fault(const char *part, size_t length)
{
    if (length == 0)
        return "has an empty part in its name: two slashes in a row";
    if (length == 2 && memcmp(part, "..", 2) == 0)
        return "leads upwards: there is a .. in its name";
    if (length == 1 && *part == '.')
        return "has a . for a part of its name";
    if (part[length - 1] == '.' || part[length - 1] == ' ')
        return "has a part that ends with a dot or a blank, which Windows drops";
    if (is_device(part, length))
        return "has a part that Windows takes for a device";
    return NULL;
}

static const char *character_fault(char c)
{
    if (is_portable(c) || c == '/')
        return NULL;
    if (c == '\0')
        return "has a zero byte in its name";
    if (c == '\\')
        return "has a backslash in its name: folders are separated by /";
    return "has a character in its name that not every system can write: use A-Z a-z 0-9 blank "
           "_ . - + , @ ( )";
}

static const char *start_fault(const char *name, size_t length)
{
    if (length == 0)
        return "has no name";
    if (name[0] == '/')
        return "is an absolute path: its name starts with a slash";
    if (length > 1 && is_letter(name[0]) && name[1] == ':')
        return "names a drive";
    return NULL;
}

/* A folder's name ends with a slash; otherwise slashes stand between parts. */
static const char *path_fault(const char *name, size_t length, size_t *depth)
{
    const char *fault = NULL;
    *depth = 0;
    for (size_t i = 0, part = 0; i < length && !fault; i++) {
        fault = character_fault(name[i]);
        bool last = i + 1 == length;
        if (fault || !(name[i] == '/' || last))
            continue;
        fault = part_fault(name + part, name[i] == '/' ? i - part : length - part);
        part = i + 1;
        ++*depth;
    }
    return fault;
}

bool mp_zip_check_name(const MpZipEntry *entry, MpError *error)
{
    size_t depth;
    if (entry->name_length > MP_ZIP_NAME_LIMIT)
        return mp_zip_refuse(entry, error, MP_REFUSED, "has a name of more than %d bytes",
                             MP_ZIP_NAME_LIMIT);
    const char *fault = start_fault(entry->name, entry->name_length);
    if (!fault)
        fault = path_fault(entry->name, entry->name_length, &depth);
    if (fault)
        return mp_zip_refuse(entry, error, MP_REFUSED, "%s", fault);
    if (depth > MP_ZIP_DEPTH_LIMIT)
        return mp_zip_refuse(entry, error, MP_REFUSED, "is more than %d folders deep",
                             MP_ZIP_DEPTH_LIMIT);
    return true;
}
