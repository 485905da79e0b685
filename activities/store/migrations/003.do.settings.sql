-- Every version of an account's settings; the highest holds.
CREATE TABLE settings (
  account_id VARCHAR(100) NOT NULL,
  version INT NOT NULL,
  settings JSON NOT NULL,
  author VARCHAR(100) NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (account_id, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
