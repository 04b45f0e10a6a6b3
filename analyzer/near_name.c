#include "analyzer/near_name.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Levenshtein's distance, a row at a time */
static size_t edits(const char *left, const char *right)
{
	size_t row[NEAR_NAME_LENGTH_MAX + 1];
	size_t width = strlen(right);

	for (size_t i = 0; i <= width; i++)
		row[i] = i;
	for (size_t i = 0; left[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < width; j++) {
			size_t above = row[j + 1];
			int same =
				tolower((unsigned char)left[i]) == tolower((unsigned char)right[j]);

			row[j + 1] = smallest(above + 1, row[j] + 1, diagonal + (same ? 0 : 1));
			diagonal = above;
		}
	}
	return row[width];
}

void near_names_offer(struct near_names *near, const char *wanted, const char *candidate)
{
	size_t length = strlen(wanted);
	size_t distance, at;

	if (length > NEAR_NAME_LENGTH_MAX || strlen(candidate) > NEAR_NAME_LENGTH_MAX)
		return;
	distance = edits(wanted, candidate);
	if (distance > (length + 2) / 3)
		return;
	for (size_t i = 0; i < near->count; i++)
		if (strcmp(near->names[i], candidate) == 0)
			return;
	at = near->count;
	while (at > 0 && near->distances[at - 1] > distance)
		at--;
	if (at == NEAR_NAME_COUNT)
		return;
	if (near->count < NEAR_NAME_COUNT)
		near->count++;
	for (size_t i = near->count - 1; i > at; i--) {
		near->names[i] = near->names[i - 1];
		near->distances[i] = near->distances[i - 1];
	}
	near->names[at] = candidate;
	near->distances[at] = distance;
}

void near_names_write(const struct near_names *near, char *text, size_t size)
{
	size_t at = 0;

	text[0] = '\0';
	for (size_t i = 0; i < near->count && at < size; i++) {
		const char *joint = i == 0                ? ", did you mean "
				    : i + 1 < near->count ? ", "
							  : " or ";
		int written = snprintf(text + at, size - at, "%s%s%s", joint, near->names[i],
				       i + 1 == near->count ? "?" : "");

		at += written > 0 ? (size_t)written : 0;
	}
}
