-- What amoCRM is known to have under a phone, and under which phones an entity is known: a change of it forgets those.
CREATE TABLE known_clients (
  account_id VARCHAR(100) NOT NULL,
  phone_key VARCHAR(32) NOT NULL,
  known JSON NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id, phone_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE known_client_entities (
  account_id VARCHAR(100) NOT NULL,
  entity_type VARCHAR(20) NOT NULL,
  entity_id BIGINT NOT NULL,
  phone_key VARCHAR(32) NOT NULL,
  PRIMARY KEY (account_id, entity_type, entity_id, phone_key)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
