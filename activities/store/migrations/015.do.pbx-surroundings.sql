-- The manager interface of a PBX (its secret stands among the secrets) and its recordings; null: nobody has said where.
ALTER TABLE pbxs
  ADD COLUMN ami_host VARCHAR(253) NULL,
  ADD COLUMN ami_port SMALLINT UNSIGNED NULL,
  ADD COLUMN ami_user VARCHAR(80) NULL,
  ADD COLUMN recordings_folder VARCHAR(500) NULL;

-- How what another product did compares with what Ringflow would have done, of calls that were only observed.
ALTER TABLE calls
  ADD COLUMN comparison VARCHAR(10) NULL,
  ADD KEY calls_by_comparison (pbx_id, comparison, started_at, linkedid);

UPDATE calls SET comparison = CASE
  WHEN JSON_CONTAINS_PATH(registration, 'one', '$.comparison.unread') THEN 'unread'
  WHEN NOT JSON_CONTAINS_PATH(registration, 'one', '$.comparison') THEN 'waiting'
  WHEN JSON_LENGTH(registration, '$.comparison.differences') = 0 THEN 'same'
  WHEN JSON_TYPE(JSON_EXTRACT(registration, '$.comparison.found')) = 'NULL' THEN 'missing'
  ELSE 'differs' END
WHERE registration_state = 'observed';
