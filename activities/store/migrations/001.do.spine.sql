-- What must last: the journal of calls, the ledger of effects in amoCRM, rows that came too late, cursor checkpoints.

CREATE TABLE calls (
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  workflow_id VARCHAR(255) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  direction VARCHAR(10) NULL,
  external_number VARCHAR(40) NULL,
  result VARCHAR(16) NULL,
  registration_state VARCHAR(20) NOT NULL,
  `call` JSON NOT NULL,
  registration JSON NOT NULL,
  cel_row_ids JSON NOT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (pbx_id, linkedid),
  KEY calls_by_start (started_at),
  KEY calls_by_number (external_number, started_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- open: a request is or may be under way until deadline_at; idle: none is, the next attempt may just send; done: it stands in amoCRM.
CREATE TABLE side_effects (
  effect_key VARCHAR(255) NOT NULL PRIMARY KEY,
  state ENUM('open', 'idle', 'done') NOT NULL,
  deadline_at DATETIME(3) NOT NULL,
  attempts INT NOT NULL DEFAULT 1,
  record JSON NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE late_rows (
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  cel_row_id BIGINT NOT NULL,
  cel_row JSON NOT NULL,
  seen_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (pbx_id, linkedid, cel_row_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE cel_cursors (
  pbx_id VARCHAR(32) NOT NULL PRIMARY KEY,
  cel_cursor JSON NOT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
