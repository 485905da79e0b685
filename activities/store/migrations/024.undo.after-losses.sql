DROP TABLE others_notes;
DROP TABLE installation;
DELETE FROM restores WHERE is_of_temporal;
ALTER TABLE restores DROP COLUMN is_of_temporal;
ALTER TABLE backfill_calls DROP COLUMN let_go_as;
ALTER TABLE backfills DROP COLUMN moved_at, DROP KEY of_pbx;
