/*
 * What auditd adds to a record with log_format = ENRICHED: behind a 0x1D, the names that it found
 * for numbers, as NAME="value", NAME=value or NAME={ ... }, NAME being the field's name in capitals
 * and standing as often, and in the same order, as the field does.
 */
#ifndef ANALYZER_ENRICHMENT_H
#define ANALYZER_ENRICHMENT_H

#include "common/slice.h"

/* Splits `body` at its 0x1D: what the kernel or program wrote, and the names (no bytes where there
 * are none). */
void enrichment_split(struct slice body, struct slice *written, struct slice *names);

/*
 * The value for the `occurrence`-th field (from 0) called `name`, as the record spells it; quotes
 * and braces are off. Returns false where the names have none.
 */
bool enrichment_find(struct slice names, const char *name, size_t occurrence, struct slice *value);

#endif
