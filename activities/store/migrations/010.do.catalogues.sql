-- What an account had when amoCRM was last asked: who works there, and its pipelines (NULL: never read yet).
CREATE TABLE catalogues (
  account_id VARCHAR(100) NOT NULL PRIMARY KEY,
  users JSON NOT NULL,
  users_read_at DATETIME(3) NOT NULL,
  pipelines JSON NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
