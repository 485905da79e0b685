-- The people who may use the settings in the browser. Heads see the calls of their own extensions; accounts NULL: all.
CREATE TABLE users (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  role ENUM('admin', 'head', 'viewer') NOT NULL,
  extensions JSON NOT NULL,
  accounts JSON NULL,
  -- NULL: not chosen yet
  password_hash VARCHAR(255) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Links by which a person chooses a password, each good once. Here stands the hash: the token is its holder's alone.
CREATE TABLE password_links (
  user_id INT NOT NULL PRIMARY KEY,
  token_hash BINARY(32) NOT NULL UNIQUE,
  expires_at DATETIME(3) NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE sessions (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash BINARY(32) NOT NULL UNIQUE,
  user_id INT NOT NULL,
  address VARCHAR(45) NOT NULL,
  browser VARCHAR(300) NOT NULL,
  began_at DATETIME(3) NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What somebody wants to change, until the account's actor has made a version of it: too big for a history of Temporal.
CREATE TABLE settings_changes (
  id CHAR(36) NOT NULL PRIMARY KEY,
  account_id VARCHAR(100) NOT NULL,
  based_on INT NOT NULL,
  sections JSON NOT NULL,
  author VARCHAR(100) NOT NULL,
  outcome JSON NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which sections a version changed in the one before it; NULL: not known.
ALTER TABLE settings ADD COLUMN sections JSON NULL AFTER settings;
