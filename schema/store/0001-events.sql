-- Events, their raw bytes, and what could not be used.
-- Times are milliseconds since the epoch, UTC. Untrusted text is kept as BLOB: it may hold any byte.

-- Every repeated text once. Columns called *_id below refer to it unless they say otherwise.
CREATE TABLE string (
  id    INTEGER PRIMARY KEY,
  value BLOB NOT NULL UNIQUE
) STRICT;

-- The files that lines came from, as the user named them ('-' is standard input).
CREATE TABLE source (
  id   INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE
) STRICT;

-- Raw records, as they came. `records` holds, zstd-compressed, for each record: its line number in the
-- source and its length, both as LEB128 numbers, and its bytes without the newline.
CREATE TABLE block (
  id      INTEGER PRIMARY KEY,
  length  INTEGER NOT NULL,          -- uncompressed
  records BLOB NOT NULL
) STRICT;

CREATE TABLE event (
  id           INTEGER PRIMARY KEY,  -- order of arrival
  time         INTEGER NOT NULL,
  serial       INTEGER NOT NULL,
  node_id      INTEGER NOT NULL REFERENCES string,
  types_id     INTEGER NOT NULL REFERENCES string, -- "SYSCALL,CWD,PATH,PROCTITLE", in order of arrival
  keys_id      INTEGER REFERENCES string,          -- keys with 0x01 between them, as the kernel joins them
  arch         INTEGER,
  syscall      INTEGER,
  syscall_id   INTEGER REFERENCES string,          -- the system call's name
  success      INTEGER,                            -- 1, 0, or NULL where no record says
  exit         INTEGER,
  pid          INTEGER,
  ppid         INTEGER,
  auid         INTEGER,                            -- 4294967295: no login
  uid          INTEGER,
  gid          INTEGER,
  euid         INTEGER,
  session      INTEGER,
  auid_name_id INTEGER REFERENCES string,          -- only where the log itself names the user
  uid_name_id  INTEGER REFERENCES string,
  comm_id      INTEGER REFERENCES string,
  exe_id       INTEGER REFERENCES string,
  cwd_id       INTEGER REFERENCES string,
  terminal_id  INTEGER REFERENCES string,
  arguments_id INTEGER REFERENCES string,          -- each argument followed by a NUL; an absent one is empty
  arguments_cut INTEGER NOT NULL DEFAULT 0,        -- 1 where pieces are missing or a limit cut them
  socket_family INTEGER,                           -- AF_*
  socket_address_id INTEGER REFERENCES string,
  socket_port  INTEGER,
  operation_id INTEGER REFERENCES string,          -- op=
  account_id   INTEGER REFERENCES string,          -- acct=
  unit_id      INTEGER REFERENCES string,          -- unit=
  remote_id    INTEGER REFERENCES string,          -- addr= or hostname=
  incomplete   INTEGER NOT NULL DEFAULT 0,         -- 1 where a record could not be read in full
  source_id    INTEGER NOT NULL REFERENCES source, -- where its first records came from, and where they lie
  block_id     INTEGER NOT NULL REFERENCES block,
  block_offset INTEGER NOT NULL,                   -- in the uncompressed block
  block_length INTEGER NOT NULL
) STRICT;

-- Identity (DESIGN.md): serials restart at boot.
CREATE UNIQUE INDEX event_identity ON event (time, serial, node_id);
CREATE INDEX event_by_exe ON event (exe_id, time);
CREATE INDEX event_by_keys ON event (keys_id, time);
CREATE INDEX event_by_types ON event (types_id, time);
CREATE INDEX event_by_pid ON event (pid, time);
-- Most events of a Docker host have no login user: who asks for those is better served by the order of time.
CREATE INDEX event_by_auid ON event (auid, time) WHERE auid < 4294967295;
CREATE INDEX event_by_session ON event (session, time) WHERE session < 4294967295;

-- Records that arrived when their event was stored already.
CREATE TABLE late_fragment (
  event_id  INTEGER NOT NULL REFERENCES event,
  ordinal   INTEGER NOT NULL,        -- from 1, in order of arrival
  source_id INTEGER NOT NULL REFERENCES source,
  block_id  INTEGER NOT NULL REFERENCES block,
  offset    INTEGER NOT NULL,
  length    INTEGER NOT NULL,
  PRIMARY KEY (event_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Where all records of an event lie.
CREATE VIEW fragment (event_id, ordinal, source_id, block_id, offset, length) AS
  SELECT id, 0, source_id, block_id, block_offset, block_length FROM event
  UNION ALL
  SELECT event_id, ordinal, source_id, block_id, offset, length FROM late_fragment;

CREATE TABLE path (
  event_id INTEGER NOT NULL REFERENCES event,
  ordinal  INTEGER NOT NULL,         -- from 0, by item
  name_id  INTEGER REFERENCES string, -- NULL: the record has (null)
  nametype_id INTEGER REFERENCES string,
  inode    INTEGER,
  device_id INTEGER REFERENCES string,
  mode     INTEGER,
  PRIMARY KEY (event_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX path_by_name ON path (name_id, event_id);

-- Lines that are no record, kept as they came. What identifies one is where in the log it stands: the last
-- event before it and how many unusable lines lie between; so the same file read twice adds nothing.
CREATE TABLE unusable_line (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source,
  line        INTEGER NOT NULL,      -- from 1, in its source
  reason      TEXT NOT NULL,
  bytes       BLOB NOT NULL,         -- a line longer than a limit comes in pieces, a row each
  after_time  INTEGER NOT NULL,      -- 0 where no record came before it
  after_serial INTEGER NOT NULL,
  after_node_id INTEGER NOT NULL REFERENCES string,
  ordinal     INTEGER NOT NULL,      -- from 0
  UNIQUE (after_time, after_serial, after_node_id, ordinal, bytes)
) STRICT;
