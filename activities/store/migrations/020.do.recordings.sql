-- Where the recordings of a PBX are: a folder, SFTP or HTTP (a secret stands among the secrets); null: nobody has said.
ALTER TABLE pbxs ADD COLUMN recordings JSON NULL;
UPDATE pbxs SET recordings = JSON_OBJECT('kind', 'folder', 'folder', recordings_folder, 'pbxFolder', NULL)
WHERE recordings_folder IS NOT NULL;
ALTER TABLE pbxs DROP COLUMN recordings_folder;

-- Links by which a call's recording is heard without signing in: the first of a call, serial 0, or a later one.
-- The last serves alone.
CREATE TABLE recording_links (
  id CHAR(16) PRIMARY KEY,
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  serial BIGINT UNSIGNED NOT NULL,
  -- As the PBX names it; empty once the recording may not be heard any more.
  file VARCHAR(1000) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  issued_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3) NULL,
  UNIQUE KEY links_of_call (pbx_id, linkedid, serial),
  KEY by_start (pbx_id, started_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who has listened to which call: by its link, or signed in.
CREATE TABLE recording_listens (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  link_id CHAR(16) NULL,
  login VARCHAR(200) NULL,
  address VARCHAR(45) NOT NULL,
  began_at DATETIME(3) NOT NULL,
  KEY listens_of_call (pbx_id, linkedid, began_at),
  KEY by_start (pbx_id, started_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
