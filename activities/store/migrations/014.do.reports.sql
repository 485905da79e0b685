-- What reports count, without a look into the calls themselves; made of the call, so that it can't say anything else.
-- Halves are rounded up as everywhere: a DECIMAL is, a DOUBLE goes to the even one.
ALTER TABLE calls
  ADD COLUMN wait_seconds INT AS (ROUND(CAST(JSON_VALUE(`call`, '$.waitSeconds') AS DECIMAL(12, 3)))) STORED,
  ADD COLUMN talk_seconds INT AS (ROUND(CAST(JSON_VALUE(`call`, '$.talkSeconds') AS DECIMAL(12, 3)))) STORED,
  ADD KEY calls_in_period (pbx_id, started_at, direction, result, did, wait_seconds, talk_seconds, external_number,
    ended_at),
  -- Whether somebody has talked with a client since.
  ADD KEY calls_with_client (external_number, result, started_at, pbx_id, direction);

-- What became of each person's part in a call: whether they were asked for, and how long they talked.
ALTER TABLE call_extensions
  ADD COLUMN direction VARCHAR(10) NULL,
  ADD COLUMN result VARCHAR(16) NULL,
  ADD COLUMN was_asked BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN has_called BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN has_talked BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN talk_seconds INT NOT NULL DEFAULT 0;

UPDATE call_extensions e
JOIN calls c USING (pbx_id, linkedid)
LEFT JOIN (
  SELECT t.pbx_id, t.linkedid, told.extension,
    MAX(told.came_by NOT IN ('caller', 'click')) AS was_asked,
    MAX(told.came_by IN ('caller', 'click')) AS has_called,
    MAX(told.accepted_at IS NOT NULL) AS has_talked,
    ROUND(SUM(told.talk_seconds)) AS talk_seconds
  FROM calls t, JSON_TABLE(t.`call`, '$.conversations[*]' COLUMNS (
    extension VARCHAR(80) PATH '$.extension', came_by VARCHAR(20) PATH '$.cameBy',
    accepted_at BIGINT PATH '$.acceptedAtMs', talk_seconds DECIMAL(12, 3) PATH '$.talkSeconds')) told
  WHERE told.extension <> ''
  GROUP BY t.pbx_id, t.linkedid, told.extension
) parts ON parts.pbx_id = e.pbx_id AND parts.linkedid = e.linkedid AND parts.extension = e.extension
SET e.direction = c.direction, e.result = c.result, e.was_asked = COALESCE(parts.was_asked, 0),
  e.has_called = COALESCE(parts.has_called, 0), e.has_talked = COALESCE(parts.has_talked, 0),
  e.talk_seconds = COALESCE(parts.talk_seconds, 0);

ALTER TABLE call_extensions
  ADD KEY parts_in_period (pbx_id, started_at, extension, direction, result, was_asked, has_called, has_talked,
    talk_seconds),
  ADD KEY parts_of_extension (pbx_id, extension, started_at, direction, result, was_asked, has_called, has_talked,
    talk_seconds);
