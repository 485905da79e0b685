-- How far changes in an account are known (unix seconds of amoCRM's `updated_at`), and its clients are read (null: all).
CREATE TABLE followed_clients (
  account_id VARCHAR(100) NOT NULL PRIMARY KEY,
  changes_until BIGINT NOT NULL,
  next_page INT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
