DROP TABLE others_notes;
DROP TABLE installation;
ALTER TABLE backfill_calls DROP COLUMN let_go_as;
ALTER TABLE backfills DROP COLUMN moved_at, DROP KEY of_pbx;
