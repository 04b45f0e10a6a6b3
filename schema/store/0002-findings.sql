-- What the detections found. A rule is kept as it was when it last matched, so that a report needs no rule files.

CREATE TABLE rule (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,  -- Sigma's id
  title       TEXT NOT NULL,
  level       TEXT NOT NULL,         -- informational low medium high critical
  description TEXT NOT NULL,
  tags        TEXT NOT NULL          -- JSON array of Sigma's tags ("attack.t1611", ...)
) STRICT;

CREATE TABLE finding (
  id       INTEGER PRIMARY KEY,
  rule_id  INTEGER NOT NULL REFERENCES rule,
  event_id INTEGER NOT NULL REFERENCES event,
  UNIQUE (rule_id, event_id)
) STRICT;
CREATE INDEX finding_by_event ON finding (event_id);
