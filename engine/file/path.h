/*
 * file/path.h - joins names to paths.
 */
#ifndef MP_FILE_PATH_H
#define MP_FILE_PATH_H

/** `directory`/`name`, for free(); NULL without memory. */
char *mp_path_join(const char *directory, const char *name);

/** What follows the last '/' of a path that does not end in one. */
const char *mp_path_base(const char *path);

#endif
