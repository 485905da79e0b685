-- The PBXs, each bound to the account in which its calls are told; the address of its database is a secret.
CREATE TABLE pbxs (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  account_id VARCHAR(100) NOT NULL,
  cel_table VARCHAR(130) NOT NULL,
  cdr_table VARCHAR(130) NOT NULL,
  timezone VARCHAR(64) NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
