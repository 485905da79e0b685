-- Calls of the past that were brought into amoCRM, or are being brought.
CREATE TABLE backfills (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  account_id VARCHAR(100) NOT NULL,
  pbx_id VARCHAR(32) NOT NULL,
  -- Only while it is open, so that a PBX has one at a time.
  open_pbx_id VARCHAR(32) NULL,
  workflow_id VARCHAR(200) NOT NULL,
  choice JSON NOT NULL,
  mode JSON NOT NULL,
  asked_by VARCHAR(200) NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  state VARCHAR(16) NOT NULL,
  -- In words, what it waits for or why it ended.
  reason VARCHAR(1000) NOT NULL,
  -- How much of the PBX's rows is read, 0 to 1.
  share DOUBLE NOT NULL,
  ended_at DATETIME(3) NULL,
  UNIQUE KEY one_open_of_pbx (open_pbx_id),
  KEY of_account (account_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What became of each call; what stands in amoCRM is told by the journal.
CREATE TABLE backfill_calls (
  backfill_id BIGINT UNSIGNED NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  fate VARCHAR(16) NOT NULL,
  -- In words; of a joined call the linkedid of the one it belongs to.
  detail VARCHAR(1000) NOT NULL,
  PRIMARY KEY (backfill_id, linkedid),
  KEY in_order (backfill_id, started_at, linkedid)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
