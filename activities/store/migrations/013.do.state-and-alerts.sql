-- When the first card was shown: who sets up a new installation waits for it.
ALTER TABLE accounts ADD COLUMN first_card_at DATETIME(3) NULL;

-- What became of what was told last, by where it went.
CREATE TABLE alert_deliveries (
  account_id VARCHAR(100) NOT NULL,
  destination_id VARCHAR(40) NOT NULL,
  sent_at DATETIME(3) NULL,
  failed_at DATETIME(3) NULL,
  failure JSON NULL,
  PRIMARY KEY (account_id, destination_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
