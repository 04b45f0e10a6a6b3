#include "analyzer/event.h"

const struct record_field *event_record_field(const struct event_record *record, const char *name)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

int event_has_type(const struct event *event, int type)
{
	for (size_t i = 0; i < event->record_count; i++)
		if (event->records[i].type == type)
			return 1;
	return 0;
}
