-- A user is a login user or the user a process ran as, by number or by the name that the log gives: each of
-- the four is looked up by itself. Names stand in enriched logs only. What most events have (no login user, root) is
-- left out, as in 0001.
CREATE INDEX event_by_uid ON event (uid, time) WHERE uid > 0;
CREATE INDEX event_by_auid_name ON event (auid_name_id, time) WHERE auid < 4294967295;
CREATE INDEX event_by_uid_name ON event (uid_name_id, time) WHERE uid > 0;
