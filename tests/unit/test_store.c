#include "tests/unit/table.h"
#include "tests/unit/tree.h"

#include "analyzer/store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Migrations, and what each open of the same store with them gives. */
static const struct tree_entry first_two[] = {
	{TREE_FILE, "/0001-one.sql", "CREATE TABLE one (a);"},
	{TREE_FILE, "/0002-two.sql", "CREATE TABLE two (a); INSERT INTO one VALUES (2);"},
	/* no migrations */
	{TREE_FILE, "/README.sql", "no SQL"},
	{TREE_FILE, "/003-three.sql", "no SQL"},
	{TREE_FILE, "/0003-three.txt", "no SQL"},
	{TREE_END, NULL, NULL},
};
static const struct tree_entry third[] = {
	{TREE_FILE, "/0003-three.sql", "INSERT INTO one VALUES (3);"},
	{TREE_END, NULL, NULL},
};
static const struct tree_entry third_fails[] = {
	{TREE_FILE, "/0003-three.sql",
	 "INSERT INTO one VALUES (3); INSERT INTO nowhere VALUES (1);"},
	{TREE_END, NULL, NULL},
};
static const struct tree_entry fourth[] = {
	{TREE_FILE, "/0004-four.sql", "INSERT INTO one VALUES (4);"},
	{TREE_END, NULL, NULL},
};
static const struct tree_entry nothing[] = {{TREE_END, NULL, NULL}};

struct place {
	char *directory; /* of the store */
	char *migrations;
	char path[256];
};

static void place_make(struct place *place, const struct tree_entry *migrations)
{
	place->directory = tree_make(nothing);
	place->migrations = tree_make(migrations);
	(void)snprintf(place->path, sizeof(place->path), "%s/events.db", place->directory);
}

static void place_remove(struct place *place)
{
	tree_remove(place->directory);
	tree_remove(place->migrations);
}

static struct store *open_store(const struct place *place)
{
	struct error error = ERROR_INIT;
	struct store *store = store_open(place->path, place->migrations, &error);

	if (!store)
		fail_msg("%s: %s: %s", error.what, error.thing, error.why);
	return store;
}

static int64_t number(struct store *store, const char *sql)
{
	struct error error = ERROR_INIT;
	int64_t result = -1;

	assert_int_equal(database_number(store_database(store), sql, -1, &result, &error), 0);
	return result;
}

/* The store must be refused; *error says how. */
static void refused(const struct place *place, enum error_kind kind, const char *why)
{
	struct error error = ERROR_INIT;

	assert_null(store_open(place->path, place->migrations, &error));
	assert_int_equal(error.kind, kind);
	assert_string_equal(error.why, why);
}

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *database;

	assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
	assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static void each_migration_is_applied_once(void **state)
{
	struct place place;
	struct store *store;

	(void)state;
	place_make(&place, first_two);
	for (int i = 0; i < 3; i++) {
		store = open_store(&place);
		assert_int_equal(number(store, "PRAGMA user_version"), 2);
		assert_int_equal(number(store, "SELECT count(*) FROM one"), 1);
		store_close(store);
	}
	tree_add(place.migrations, third);
	for (int i = 0; i < 2; i++) {
		store = open_store(&place);
		assert_int_equal(number(store, "PRAGMA user_version"), 3);
		assert_int_equal(number(store, "SELECT count(*) FROM one"), 2);
		store_close(store);
	}
	place_remove(&place);
}

static void a_migration_that_fails_changes_nothing(void **state)
{
	struct place place;
	struct store *store;

	(void)state;
	place_make(&place, first_two);
	store_close(open_store(&place));
	tree_add(place.migrations, third_fails);
	refused(&place, ERROR_SYSTEM, "no such table: nowhere");
	tree_add(place.migrations, third);
	store = open_store(&place);
	assert_int_equal(number(store, "SELECT count(*) FROM one"), 2);
	store_close(store);
	place_remove(&place);
}

static void migrations_must_be_complete(void **state)
{
	struct place place;

	(void)state;
	place_make(&place, fourth);
	refused(&place, ERROR_SYSTEM, "migration 1 is missing");
	tree_add(place.migrations, first_two);
	refused(&place, ERROR_SYSTEM, "migration 3 is missing");
	place_remove(&place);

	place_make(&place, nothing);
	refused(&place, ERROR_SYSTEM, "there are no migrations");
	place_remove(&place);
}

static void a_newer_store_is_refused(void **state)
{
	struct place place;

	(void)state;
	place_make(&place, first_two);
	store_close(open_store(&place));
	run_sql(place.path, "PRAGMA user_version = 7");
	refused(&place, ERROR_INPUT, "a newer version of this program made it (schema 7, known 2)");
	place_remove(&place);
}

static void another_programs_database_is_left_alone(void **state)
{
	struct place place;
	struct stat before, after;

	(void)state;
	place_make(&place, first_two);
	run_sql(place.path, "CREATE TABLE theirs (a)");
	assert_int_equal(stat(place.path, &before), 0);
	refused(&place, ERROR_INPUT, "it is a database of another program");
	assert_int_equal(stat(place.path, &after), 0);
	assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
	assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
	place_remove(&place);
}

static void what_is_no_database_is_refused(void **state)
{
	static const char text[] =
		"type=CWD msg=audit(1.500:9): this is a log and no store, and long "
		"enough for SQLite to look at it, which wants a hundred bytes";
	struct place place;
	struct error error = ERROR_INIT;
	FILE *file;

	(void)state;
	place_make(&place, first_two);
	file = fopen(place.path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_null(store_open(place.path, place.migrations, &error));
	assert_string_equal(error.thing, place.path);
	assert_string_equal(error.why, "file is not a database");
	assert_non_null(strstr(error.remedy, "--store"));
	place_remove(&place);
}

static void a_new_store_is_not_for_everyone(void **state)
{
	struct place place;
	struct stat status;
	char directory[256];

	(void)state;
	place_make(&place, first_two);
	(void)snprintf(directory, sizeof(directory), "%s/new/deeper", place.directory);
	(void)snprintf(place.path, sizeof(place.path), "%s/new/deeper/events.db", place.directory);
	(void)umask(0);
	store_close(open_store(&place));
	assert_int_equal(stat(place.path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(stat(directory, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0750);
	place_remove(&place);
}

static void it_says_what_it_is(void **state)
{
	struct place place;
	struct store *store;

	(void)state;
	place_make(&place, first_two);
	store = open_store(&place);
	assert_int_equal(number(store, "PRAGMA application_id"), STORE_APPLICATION_ID);
	assert_int_equal(number(store, "SELECT count(*) FROM pragma_journal_mode() WHERE "
				       "journal_mode = 'wal'"),
			 1);
	store_close(store);
	place_remove(&place);
}

static void only_what_was_committed_stays(void **state)
{
	struct error error = ERROR_INIT;
	struct place place;
	struct store *store;

	(void)state;
	place_make(&place, first_two);
	store = open_store(&place);
	assert_int_equal(store_begin(store, &error), 0);
	assert_int_equal(
		database_execute(store_database(store), "INSERT INTO two VALUES (1)", &error), 0);
	assert_int_equal(store_commit(store, &error), 0);
	assert_int_equal(store_begin(store, &error), 0);
	assert_int_equal(
		database_execute(store_database(store), "INSERT INTO two VALUES (2)", &error), 0);
	store_close(store);
	store = open_store(&place);
	assert_int_equal(number(store, "SELECT count(*) FROM two"), 1);
	store_close(store);
	place_remove(&place);
}

/* A directory that this user may not write to; root, who may, becomes nobody for it. */
static void a_directory_that_cant_be_written(void **state)
{
	enum {
		NOBODY = 65534
	};

	struct error error = ERROR_INIT;
	struct place place;
	bool root = geteuid() == 0;
	struct store *store;

	(void)state;
	place_make(&place, first_two);
	assert_int_equal(chmod(place.directory, 0555), 0);
	assert_int_equal(chmod(place.migrations, 0755), 0);
	if (root)
		assert_int_equal(seteuid(NOBODY), 0);
	store = store_open(place.path, place.migrations, &error);
	if (root)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(place.directory, 0755), 0);
	assert_null(store);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(error.thing, place.path);
	assert_string_equal(error.why, "Permission denied");
	place_remove(&place);
}

struct other_writer {
	struct store *store;
	atomic_bool done;
};

static void *write_and_close(void *context)
{
	struct other_writer *writer = context;

	(void)usleep(150000);
	atomic_store(&writer->done, true);
	store_close(writer->store);
	return NULL;
}

/* C65 */
static void a_writer_waits_for_another(void **state)
{
	struct other_writer writer = {.done = false};
	struct place place;
	struct store *store;
	pthread_t thread;

	(void)state;
	place_make(&place, first_two);
	writer.store = open_store(&place);
	assert_int_equal(pthread_create(&thread, NULL, write_and_close, &writer), 0);
	store = open_store(&place);
	assert_true(atomic_load(&writer.done));
	assert_int_equal(number(store, "PRAGMA user_version"), 2);
	assert_int_equal(pthread_join(thread, NULL), 0);
	store_close(store);
	place_remove(&place);
}

/* the schema that is installed, from nothing */
static void our_own_migrations_apply(void **state)
{
	struct error error = ERROR_INIT;
	struct place place;
	struct store *store;

	(void)state;
	place_make(&place, nothing);
	store = store_open(place.path, SOURCE_ROOT "/schema/store", &error);
	if (!store)
		fail_msg("%s: %s: %s", error.what, error.thing, error.why);
	assert_int_equal(number(store, "SELECT count(*) FROM event"), 0);
	assert_int_equal(number(store, "SELECT count(*) FROM pragma_foreign_key_check()"), 0);
	store_close(store);
	place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_migration_is_applied_once),
		cmocka_unit_test(a_migration_that_fails_changes_nothing),
		cmocka_unit_test(migrations_must_be_complete),
		cmocka_unit_test(a_newer_store_is_refused),
		cmocka_unit_test(another_programs_database_is_left_alone),
		cmocka_unit_test(what_is_no_database_is_refused),
		cmocka_unit_test(a_new_store_is_not_for_everyone),
		cmocka_unit_test(it_says_what_it_is),
		cmocka_unit_test(only_what_was_committed_stays),
		cmocka_unit_test(a_directory_that_cant_be_written),
		cmocka_unit_test(a_writer_waits_for_another),
		cmocka_unit_test(our_own_migrations_apply),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
