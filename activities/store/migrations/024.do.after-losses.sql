-- Which record of another product in amoCRM stands for which call: one for one.
CREATE TABLE others_notes (
  account_id VARCHAR(100) NOT NULL,
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  -- NULL: it turned out to be another call's, and this one has to be looked at again.
  note_id BIGINT UNSIGNED NULL,
  -- How far apart the two are in time and length.
  misfit INT UNSIGNED NOT NULL,
  PRIMARY KEY (pbx_id, linkedid),
  UNIQUE KEY one_call_of_note (account_id, note_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What this database has to remember of itself: one row.
CREATE TABLE installation (
  only_row TINYINT PRIMARY KEY DEFAULT 1,
  -- Of what was done in amoCRM before, nothing is known here.
  began_at DATETIME(3) NOT NULL,
  -- By which Temporal's own database is known again; NULL: none was seen yet.
  temporal_namespace VARCHAR(255) NULL,
  temporal_id CHAR(36) NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO installation (began_at) VALUES (UTC_TIMESTAMP(3));

-- When a backfill has last read or brought anything.
ALTER TABLE backfills ADD COLUMN moved_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), ADD KEY of_pbx (pbx_id, id);
UPDATE backfills SET moved_at = COALESCE(ended_at, asked_at);

-- How a call stood in the journal when it was let go there; NULL: it was not.
ALTER TABLE backfill_calls ADD COLUMN let_go_as VARCHAR(16) NULL;

-- Temporal's own database was lost, and not this one: what was done in amoCRM is known.
ALTER TABLE restores ADD COLUMN is_of_temporal BOOLEAN NOT NULL DEFAULT FALSE;
