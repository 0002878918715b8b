/*
 * update/channel/release.h - what a channel says of a release: its files, and the directives that
 * say whom it is for.
 *
 *     MpRelease release;
 *     if (mp_release_parse(bytes, size, 12, &release, &error)) ...
 *     mp_release_finish(&release);
 *
 *     MpDirectives directives;
 *     if (mp_directives_parse(custom, &directives, &error)) ...
 *
 * Both are signed, and yet checked as if they were not: who signs can be mistaken. Members that
 * are not known are left to later versions.
 *
 * A file below patch/ is to a game what the same file in its patch folder would be.
 *
 * Thread: any.
 */
#ifndef MP_CHANNEL_RELEASE_H
#define MP_CHANNEL_RELEASE_H

#include "patches/hash.h"
#include "update/channel/cohort.h"

enum {
    MP_RELEASE_FILE_LIMIT = 10000,
    MP_RELEASE_LIST_LIMIT = 4 << 20,     /**< Bytes of a list of files. */
    MP_RELEASE_OBJECT_LIMIT = 256 << 20, /**< Bytes of one file. */
    MP_RELEASE_TOTAL_LIMIT = 1 << 30,    /**< Of all files. */
    MP_RELEASE_PLATFORM_LIMIT = 8,
    MP_RELEASE_TEXT_SIZE = 256,
};

/** A release's number; 0: none, what the program ships. */
typedef uint64_t MpReleaseNumber;

typedef struct MpReleaseFile {
    const char *path; /**< "patch/fix.lua"; of the release. */
    MpHash object;    /**< Of its content. */
    uint64_t length;
} MpReleaseFile;

typedef struct MpRelease {
    MpReleaseNumber number;
    MpReleaseFile *files; /**< Sorted by path. */
    size_t count;
    json_t *text; /**< What the paths are in. */
} MpRelease;

/**
 * Reads releases/<number>.json.
 * Ownership: the caller passes `release` to mp_release_finish when this succeeded.
 * Errors: false; MP_FORMAT, MP_LIMIT, MP_REFUSED for paths that are not safe everywhere, MP_MEMORY.
 */
bool mp_release_parse(const void *bytes, size_t size, MpReleaseNumber number, MpRelease *release,
                      MpError *error);

/** Ownership: the caller passes `copy` to mp_release_finish. Errors: false without memory. */
bool mp_release_copy(MpRelease *copy, const MpRelease *release);

/** The file with that path; NULL: there is none. */
const MpReleaseFile *mp_release_find(const MpRelease *release, const char *path);

/** Takes a release of zeroes. */
void mp_release_finish(MpRelease *release);

/** When a release takes effect. X(name, text) */
#define MP_APPLY_LIST(X)        \
    X(NOW, "now")               \
    X(NEXT_SCENE, "next scene") \
    X(NEXT_START, "next start")

#define MP_APPLY_MEMBER(name, text) MP_APPLY_##name,
typedef enum MpApply { MP_APPLY_LIST(MP_APPLY_MEMBER) MP_APPLIES } MpApply;
#undef MP_APPLY_MEMBER

/** "now": a static string. */
const char *mp_apply_name(MpApply apply);

typedef struct MpDirectives {
    char app[MP_CHANNEL_NAME_SIZE];
    char channel[MP_CHANNEL_NAME_SIZE];
    int64_t min_api;
    int64_t max_api; /**< INT64_MAX: any. */
    char platforms[MP_RELEASE_PLATFORM_LIMIT][MP_CHANNEL_NAME_SIZE];
    size_t platform_count; /**< 0: all platforms. */
    MpRollout rollout;
    char cohort[MP_CHANNEL_NAME_SIZE]; /**< "": all cohorts. */
    bool halted;
    bool pin;
    bool embedded;  /**< It has no files: who gets it runs what the program ships. */
    bool mandatory; /**< It takes effect now, whatever `apply` says. */
    MpApply apply;
    char description[MP_RELEASE_TEXT_SIZE]; /**< One line, cut if longer. */
} MpDirectives;

/** Reads {"moonpatch": {...}}, the custom data of a release. Errors: false; MP_FORMAT, MP_LIMIT. */
bool mp_directives_parse(const json_t *custom, MpDirectives *directives, MpError *error);

/** "releases/12.json" -> 12; 0: it is no release's. */
MpReleaseNumber mp_release_number_of(const char *target);

#endif
