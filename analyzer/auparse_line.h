/*
 * A record in the one form that libauparse 3.0.9 surely reads: no prefix, no node, a name for its
 * type, and always the same stamp (it drops the fields of a record of second 0, and no caller asks
 * it for the time).
 */
#ifndef ANALYZER_AUPARSE_LINE_H
#define ANALYZER_AUPARSE_LINE_H

#include "common/slice.h"
#include "common/text.h"

/*
 * Appends "type=NAME msg=audit(...): BODY" and a newline; without what follows the first cwd= of a
 * CWD record where there is another, which libauparse would leak. Returns 0, or -1 when out of
 * memory.
 */
int auparse_line_append(struct text *text, struct slice type_name, struct slice body) MUST_CHECK;

#endif
