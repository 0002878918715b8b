/*
 * cli/status_table.h - a journal of patches, for people.
 */
#ifndef MP_CLI_STATUS_TABLE_H
#define MP_CLI_STATUS_TABLE_H

#include "patches/content.h"

#include <stdio.h>

/** Writes the boot, the patches, what is condemned and the end of the history; in colours on a
 * terminal. */
void mp_cli_print_status(const MpJournalContent *content, FILE *stream);

#endif
