-- When this database was brought back from a copy: what was done in amoCRM after the copy was taken is not known here.
CREATE TABLE restores (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  taken_at DATETIME(3) NOT NULL,
  restored_at DATETIME(3) NOT NULL,
  -- Since when the calls that waited when the copy was taken have actors again.
  taken_up_at DATETIME(3) NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
