#include "vfs/zip_name.h"

#include <stdlib.h>
#include <string.h>

static int fold(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

/* What is in a folder follows it directly: a slash comes before all that a name may have. */
static int rank(char c) { return c == '/' ? 0 : fold(c); }

static size_t bare_length(const MpZipEntry *entry)
{
    return entry->name_length - mp_zip_is_folder(entry);
}

static int compare(const void *a, const void *b)
{
    const MpZipEntry *first = a, *second = b;
    size_t first_length = bare_length(first), second_length = bare_length(second);
    for (size_t i = 0; i < first_length && i < second_length; i++) {
        int difference = rank(first->name[i]) - rank(second->name[i]);
        if (difference)
            return difference;
    }
    return (first_length > second_length) - (first_length < second_length);
}

static bool ends_part(const MpZipEntry *entry, size_t at)
{
    return at == bare_length(entry) || entry->name[at] == '/';
}

/* How many bytes of whole parts two names have in common when case is ignored. */
static size_t common_length(const MpZipEntry *a, const MpZipEntry *b)
{
    size_t common = 0;
    for (size_t i = 0;; i++) {
        if (ends_part(a, i) && ends_part(b, i))
            common = i;
        if (i == bare_length(a) || i == bare_length(b) || fold(a->name[i]) != fold(b->name[i]))
            return common;
    }
}

static size_t count_parts(const char *name, size_t length)
{
    size_t count = length > 0;
    for (size_t i = 0; i < length; i++)
        count += name[i] == '/';
    return count;
}

/* Neighbours in the sorted order are enough: names that clash have no third between them. */
static bool check_pair(const MpZipEntry *before, const MpZipEntry *entry, size_t common,
                       MpError *error)
{
    bool above = common == bare_length(before);
    bool same = above && common == bare_length(entry);
    bool both = same ? mp_zip_is_folder(before) != mp_zip_is_folder(entry)
                     : above && !mp_zip_is_folder(before);
    if (memcmp(before->name, entry->name, common) != 0)
        return mp_zip_refuse(entry, error, MP_FORMAT, "differs from '%.*s' in case only",
                             (int)common, before->name);
    if (both)
        return mp_zip_refuse(before, error, MP_FORMAT, "is a file and a folder at once");
    if (same)
        return mp_zip_refuse(entry, error, MP_FORMAT, "is there twice");
    return true;
}

bool mp_zip_check_tree(MpZipEntry *entries, size_t count, size_t limit, MpError *error)
{
    size_t nodes = 0;
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count; i++) {
        size_t common = i ? common_length(&entries[i - 1], &entries[i]) : 0;
        if (i && !check_pair(&entries[i - 1], &entries[i], common, error))
            return false;
        nodes += count_parts(entries[i].name, bare_length(&entries[i])) -
                 count_parts(entries[i].name, common);
    }
    if (nodes > limit) {
        mp_error_set(error, MP_LIMIT, "it has more than %zu files and folders", limit);
        return false;
    }
    return true;
}
