-- What the journal is searched by.

-- Who took part in a call or was asked for: by it a call is found, and a head sees those of their own people.
CREATE TABLE call_extensions (
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  extension VARCHAR(80) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  PRIMARY KEY (pbx_id, linkedid, extension),
  KEY calls_of_extension (pbx_id, extension, started_at, linkedid),
  FOREIGN KEY (pbx_id, linkedid) REFERENCES calls (pbx_id, linkedid) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$.rang[*]' COLUMNS (extension VARCHAR(80) PATH '$')) told
WHERE told.extension <> '';

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$.conversations[*]' COLUMNS (extension VARCHAR(80) PATH '$.extension')) told
WHERE told.extension <> '';

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$' COLUMNS (extension VARCHAR(80) PATH '$.callerExtension')) told
WHERE told.extension <> '';

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$' COLUMNS (extension VARCHAR(80) PATH '$.calledExtension')) told
WHERE told.extension <> '';

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$.transfers[*]' COLUMNS (extension VARCHAR(80) PATH '$.from')) told
WHERE told.extension <> '';

INSERT IGNORE INTO call_extensions (pbx_id, linkedid, extension, started_at)
SELECT c.pbx_id, c.linkedid, told.extension, c.started_at
FROM calls c, JSON_TABLE(c.`call`, '$.transfers[*]' COLUMNS (
  extension VARCHAR(80) PATH '$.to', to_outside VARCHAR(5) PATH '$.toOutside')) told
WHERE told.extension <> '' AND told.to_outside NOT IN ('1', 'true');

-- A part of a number is the beginning of one of its endings (of three digits or more): so an index finds it.
CREATE TABLE phone_endings (
  pbx_id VARCHAR(32) NOT NULL,
  ending VARCHAR(40) NOT NULL,
  external_number VARCHAR(40) NOT NULL,
  PRIMARY KEY (pbx_id, ending, external_number)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO phone_endings (pbx_id, ending, external_number)
WITH RECURSIVE places AS (SELECT 1 AS place UNION ALL SELECT place + 1 FROM places WHERE place < 38)
SELECT DISTINCT c.pbx_id, SUBSTRING(c.external_number, places.place), c.external_number
FROM calls c JOIN places ON CHAR_LENGTH(c.external_number) >= places.place + 2;

-- The first tells all that is filtered by without a look at the calls themselves.
ALTER TABLE calls
  ADD KEY calls_of_pbx (pbx_id, started_at, linkedid, direction, result, registration_state, external_number),
  ADD KEY calls_of_number (pbx_id, external_number, started_at, linkedid),
  ADD KEY calls_by_result (pbx_id, result, started_at, linkedid),
  ADD KEY calls_by_registration (pbx_id, registration_state, started_at, linkedid),
  DROP KEY calls_by_number,
  DROP KEY calls_by_start;
