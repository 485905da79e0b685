-- Which numbers of ours were called, how often and when last, is told by an index alone.
ALTER TABLE calls
  ADD COLUMN did VARCHAR(80) AS (LEFT(JSON_VALUE(`call`, '$.did'), 80)) STORED,
  ADD COLUMN trunk VARCHAR(80) AS (LEFT(JSON_VALUE(`call`, '$.trunk'), 80)) STORED,
  ADD KEY calls_of_numbers (pbx_id, did, trunk, started_at);
