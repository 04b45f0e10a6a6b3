#include "analyzer/commands.h"

#include <sqlite3.h>

int main(int argc, char **argv)
{
	/* nobody asks for SQLite's memory statistics, and they lock at each allocation; refused,
	 * nothing is lost */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	return program_main(&analyzer_program, argc, argv);
}
