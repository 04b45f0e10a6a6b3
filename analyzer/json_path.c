#include "analyzer/json_path.h"

#include "common/json_output.h"

#include <string.h>

enum {
	NAME_MAX_LENGTH = 63,
};

int json_path_set(json_t *object, const char *path, json_t *value)
{
	const char *dot;

	if (!value)
		return -1;
	while ((dot = strchr(path, '.'))) {
		char name[NAME_MAX_LENGTH + 1];
		size_t length = (size_t)(dot - path);
		json_t *inner;

		if (length > NAME_MAX_LENGTH) {
			json_decref(value);
			return -1;
		}
		memcpy(name, path, length);
		name[length] = '\0';
		inner = json_object_get(object, name);
		if (!inner) {
			inner = json_object();
			if (json_object_set_new(object, name, inner)) {
				json_decref(value);
				return -1;
			}
		}
		object = inner;
		path = dot + 1;
	}
	return json_object_set_new(object, path, value);
}

int json_path_set_number(json_t *object, const char *path, int64_t number)
{
	return json_path_set(object, path, json_integer(number));
}

int json_path_set_string(json_t *object, const char *path, const char *string)
{
	return json_path_set(object, path, json_string(string));
}

int json_path_set_slice(json_t *object, const char *path, struct slice slice)
{
	if (!slice.bytes)
		return 0;
	return json_path_set(object, path, json_untrusted(slice.bytes, slice.length));
}

int json_path_set_slices(json_t *object, const char *path, const struct slice *slices, size_t count)
{
	json_t *array;

	if (count == 0)
		return 0;
	array = json_array();
	for (size_t i = 0; array && i < count; i++) {
		if (json_array_append_new(array,
					  json_untrusted(slices[i].bytes ? slices[i].bytes : "",
							 slices[i].length))) {
			json_decref(array);
			return -1;
		}
	}
	return json_path_set(object, path, array);
}
