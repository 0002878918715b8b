/*
 * log/clean.h - makes any text fit for a terminal and a log file.
 */
#ifndef MP_LOG_CLEAN_H
#define MP_LOG_CLEAN_H

#include <stddef.h>

/**
 * Copies `text` into `clean` as well-formed UTF-8: control characters and broken bytes become '?',
 * line breaks indent the next line by four spaces, line breaks at the end go, and what does not
 * fit into `size` bytes (at least 8) ends in "...". `clean` is always terminated.
 */
void mp_log_clean(char *clean, size_t size, const char *text);

#endif
