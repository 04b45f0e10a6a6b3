#include "common/error.h"

#include "common/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

static void copy_cut(char *to, size_t size, const char *from)
{
	size_t length = strnlen(from, size - 1);

	memcpy(to, from, length);
	to[length] = '\0';
}

int error_set(struct error *error, enum error_kind kind, const char *what, const char *thing,
	      const char *why_format, ...)
{
	va_list arguments;

	error->kind = kind;
	copy_cut(error->what, sizeof(error->what), what);
	copy_cut(error->thing, sizeof(error->thing), thing ? thing : "");
	error->remedy[0] = '\0';
	va_start(arguments, why_format);
	(void)vsnprintf(error->why, sizeof(error->why), why_format, arguments);
	va_end(arguments);
	return -1;
}

/* A path that leads nowhere is for the user to mend, not the system's refusal. */
static enum error_kind kind_of(int error_number)
{
	switch (error_number) {
	case ENOENT:
	case ENOTDIR:
	case EISDIR:
	case ELOOP:
	case ENAMETOOLONG:
		return ERROR_INPUT;
	default:
		return ERROR_SYSTEM;
	}
}

int error_set_errno(struct error *error, int error_number, const char *what, const char *thing)
{
	char buffer[128];

	return error_set(error, kind_of(error_number), what, thing, "%s",
			 strerror_r(error_number, buffer, sizeof(buffer)));
}

int error_set_memory(struct error *error, const char *what)
{
	return error_set(error, ERROR_SYSTEM, what, "", "out of memory");
}

int error_set_remedy(struct error *error, const char *remedy_format, ...)
{
	va_list arguments;

	va_start(arguments, remedy_format);
	(void)vsnprintf(error->remedy, sizeof(error->remedy), remedy_format, arguments);
	va_end(arguments);
	return -1;
}

static void print_part(FILE *stream, const char *separator, const char *part)
{
	if (part[0] == '\0')
		return;
	(void)fputs(separator, stream);
	escape_print(stream, part, strlen(part));
}

void error_print(const struct error *error, const char *program, FILE *stream)
{
	(void)fputs(program, stream);
	print_part(stream, ": ", error->what);
	print_part(stream, ": ", error->thing);
	print_part(stream, ": ", error->why);
	(void)fputc('\n', stream);
	if (error->remedy[0] != '\0') {
		(void)fputs(program, stream);
		print_part(stream, ": try: ", error->remedy);
		(void)fputc('\n', stream);
	}
}

enum exit_status error_exit_status(const struct error *error)
{
	switch (error->kind) {
	case ERROR_NONE:
		return EXIT_HOLDS;
	case ERROR_INPUT:
		return EXIT_BAD_INPUT;
	case ERROR_SYSTEM:
		return EXIT_SYSTEM;
	}
	return EXIT_SYSTEM;
}
