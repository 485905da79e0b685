-- How this installation stands with its licence: one row. Its key pair and its licence key are among the secrets.
CREATE TABLE licence (
  id TINYINT NOT NULL DEFAULT 1 PRIMARY KEY CHECK (id = 1),
  -- The last genuine permit, with the keys that vouch for it.
  permit TEXT NULL,
  key_set TEXT NULL,
  -- The highest that were seen: a lower one is a replay.
  permit_serial BIGINT NOT NULL DEFAULT 0,
  key_set_serial BIGINT NOT NULL DEFAULT 0,
  -- The latest moment that was ever seen, ms UTC: a clock that is set back wins no time.
  latest_ms BIGINT NOT NULL DEFAULT 0,
  -- The last talk with the licensing server, ms UTC; its failure is NULL if it went well.
  talked_at_ms BIGINT NULL,
  talk_failure VARCHAR(40) NULL,
  -- When it last went well, ms UTC.
  reached_at_ms BIGINT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO licence (id) VALUES (1);
