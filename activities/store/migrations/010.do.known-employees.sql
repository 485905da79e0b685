-- Who has which phone, as the users' own phone numbers in amoCRM said last.
CREATE TABLE known_employees (
  account_id VARCHAR(100) NOT NULL PRIMARY KEY,
  directory JSON NOT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
