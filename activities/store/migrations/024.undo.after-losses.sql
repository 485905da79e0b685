DROP TABLE others_notes;
DROP TABLE installation;
ALTER TABLE backfills DROP COLUMN moved_at, DROP KEY of_pbx;
