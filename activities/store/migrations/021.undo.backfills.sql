DROP TABLE backfill_calls;
DROP TABLE backfills;
