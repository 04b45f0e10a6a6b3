-- A user is a login user or the user a process ran as, by number or by the name that the log gives: each of
-- the four is looked up by itself. Names stand in enriched logs only.
CREATE INDEX event_by_uid ON event (uid, time);
CREATE INDEX event_by_auid_name ON event (auid_name_id, time) WHERE auid_name_id IS NOT NULL;
CREATE INDEX event_by_uid_name ON event (uid_name_id, time) WHERE uid_name_id IS NOT NULL;
