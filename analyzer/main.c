#include "analyzer/commands.h"

int main(int argc, char **argv)
{
	return program_main(&analyzer_program, argc, argv);
}
