/*
 * log/log.h - messages for people: to the terminal, to a file, to whoever asks.
 *
 *     mp_log_set_program("moonbase");
 *     mp_log_open_file(path, NULL);
 *     mp_log_warning("sound '%s' is missing, playing silence", name);
 *     -> moonbase: warning: sound 'laser.ogg' is missing, playing silence
 *
 * The log is the one thing that belongs to the process and not to a context: a crash must be able
 * to report itself from anywhere. Libraries return errors; only programs write them here.
 *
 * Glossary
 *   sink      a function that is given every message from the threshold up
 *   clean     what sinks get: UTF-8 without control bytes, at most MP_LOG_MESSAGE_SIZE - 1 bytes;
 *             lines after the first are indented, so that no text can pose as another message
 */
#ifndef MP_LOG_H
#define MP_LOG_H

#include "moonpatch/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { MP_LOG_MESSAGE_SIZE = 8192, MP_LOG_SINK_LIMIT = 8 };

typedef enum MpLogLevel {
    MP_LOG_DEBUG,
    MP_LOG_INFO,
    MP_LOG_WARNING,
    MP_LOG_ERROR,
} MpLogLevel;

/** Receives a clean message; what it logs itself is dropped. Thread: that of mp_log's caller. */
typedef void MpLogSink(void *user, MpLogLevel level, const char *message);

/** Writes a message in printf style; it needs no line break at the end. Thread: any. */
void mp_log(MpLogLevel level, const char *format, ...) MP_PRINTF(2, 3);

/** Writes a text whatever the level: its writer has one of its own. Thread: any. */
void mp_log_text(MpLogLevel level, const char *text);

#define mp_log_debug(...)   mp_log(MP_LOG_DEBUG, __VA_ARGS__)
#define mp_log_info(...)    mp_log(MP_LOG_INFO, __VA_ARGS__)
#define mp_log_warning(...) mp_log(MP_LOG_WARNING, __VA_ARGS__)
#define mp_log_error(...)   mp_log(MP_LOG_ERROR, __VA_ARGS__)

/** "debug", "info", "warning" or "error": a static string. */
const char *mp_log_level_name(MpLogLevel level);

/** Messages below `level` are dropped; INFO at the start. Thread: any. */
void mp_log_set_level(MpLogLevel level);

/** The level that was set last. Thread: any. */
MpLogLevel mp_log_get_level(void);

/** The name before messages on the terminal, cut at 31 bytes; "moonpatch" at the start. */
void mp_log_set_program(const char *name);

/**
 * Adds a sink; `user` stays the caller's and must live until the sink is removed.
 * Errors: false when there are MP_LOG_SINK_LIMIT sinks.
 * Thread: any.
 */
bool mp_log_add_sink(MpLogSink *sink, void *user);

/** Removes the sink that was added with these two arguments, if any. Thread: any. */
void mp_log_remove_sink(MpLogSink *sink, void *user);

/**
 * The sink that is there from the start: standard error, in colour on a terminal unless NO_COLOR
 * is set. Its `user` is NULL.
 */
void mp_log_to_terminal(void *user, MpLogLevel level, const char *message);

/**
 * Adds a sink that writes `path` anew, with times; the file of the run before becomes `path`.old.
 * So does one that has grown to 8 MB, and the log begins anew: what was told last is always there.
 * One file at a time; a second call moves the log.
 * Errors: MP_IO, MP_LIMIT for a path of over 4,000 bytes; then the log goes on without a file.
 * Thread: any, not at the same time as mp_log_close_file.
 */
bool mp_log_open_file(const char *path, MpError *error);

/** Removes that sink and closes the file. Does nothing without one. */
void mp_log_close_file(void);

#endif
