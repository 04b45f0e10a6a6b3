/*
 * Rows of CSV (RFC 4180) from untrusted fields, by escape_csv.
 */
#ifndef ANALYZER_CSV_OUTPUT_H
#define ANALYZER_CSV_OUTPUT_H

#include "common/error.h"
#include "common/slice.h"

#include <stdio.h>

/* Writes one row and its CR LF; a slice without bytes is an empty field. Returns 0, or -1 with
 * *error. */
int csv_write_row(FILE *stream, const struct slice *fields, size_t count,
		  struct error *error) MUST_CHECK;

#endif
