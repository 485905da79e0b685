-- The amoCRM accounts. `id` is ours and never changes; the address can, and amoCRM's number is known once connected.
CREATE TABLE accounts (
  id VARCHAR(100) NOT NULL PRIMARY KEY,
  base_url VARCHAR(255) NOT NULL,
  amocrm_id BIGINT NULL UNIQUE,
  client_id VARCHAR(100) NULL,
  redirect_uri VARCHAR(500) NULL,
  -- of the newest pair of tokens there ever was: by it others speak of a pair
  token_version BIGINT NOT NULL DEFAULT 0,
  state ENUM('pending', 'connected', 'reconnect-needed', 'disconnected') NOT NULL,
  state_reason VARCHAR(500) NOT NULL,
  state_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AES-256-GCM: nonce (12 bytes), tag (16 bytes), text; the name is bound to it as additional data.
CREATE TABLE secrets (
  name VARCHAR(191) NOT NULL PRIMARY KEY,
  key_id VARCHAR(32) NOT NULL,
  ciphertext MEDIUMBLOB NOT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
