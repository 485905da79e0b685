-- Calls that were placed by a click in amoCRM: by them the actor of the call finds whom to tell how it stands.
CREATE TABLE IF NOT EXISTS clicks (
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(32) NOT NULL,
  account_id VARCHAR(100) NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  user_id BIGINT NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  PRIMARY KEY (pbx_id, linkedid),
  KEY by_time (requested_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- amoCRM's one-time tokens by which something was begun: none serves another click.
CREATE TABLE IF NOT EXISTS used_tokens (
  account_id VARCHAR(100) NOT NULL,
  jti VARCHAR(100) NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id, jti),
  KEY by_expiry (expires_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
