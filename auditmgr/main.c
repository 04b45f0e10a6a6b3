#include "auditmgr/commands.h"

int main(int argc, char **argv)
{
	return program_main(&auditmgr_program, argc, argv);
}
