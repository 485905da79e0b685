-- The account to which the calls of a PBX belong, also when the PBX is gone: they are found by its id alone.
CREATE TABLE IF NOT EXISTS pbx_owners (
  pbx_id VARCHAR(32) NOT NULL PRIMARY KEY,
  account_id VARCHAR(100) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO pbx_owners (pbx_id, account_id) SELECT id, account_id FROM pbxs;

-- Of a PBX that is gone, or stands in the environment alone, the only account there is; among several nobody can tell.
INSERT IGNORE INTO pbx_owners (pbx_id, account_id)
SELECT known.pbx_id, IF(accounts_there.many = 1, accounts_there.one, '')
FROM (SELECT DISTINCT pbx_id FROM calls) known
JOIN (SELECT COUNT(*) AS many, MIN(id) AS one FROM accounts) accounts_there;
