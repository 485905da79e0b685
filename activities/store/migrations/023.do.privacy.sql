-- Which keys people pressed is not kept any more: it may be a card number or a PIN.
UPDATE calls SET `call` = JSON_REMOVE(`call`, '$.ivr.digits'), updated_at = updated_at
WHERE JSON_EXISTS(`call`, '$.ivr.digits');
DELETE FROM late_rows WHERE JSON_VALUE(cel_row, '$.eventType') = 'DTMF' OR JSON_VALUE(cel_row, '$.eventtype') = 'DTMF';

-- People whose data an administrator has asked to be deleted, each by one phone.
CREATE TABLE forgettings (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  account_id VARCHAR(100) NOT NULL,
  -- NULL once it is done.
  phone VARCHAR(40) NULL,
  asked_by VARCHAR(200) NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  -- Which calls it is about, as pairs of PBX and linkedid, written down before anything is deleted.
  calls JSON NULL,
  -- Whether converted sound of these calls has been looked for.
  is_sound_gone BOOLEAN NOT NULL DEFAULT FALSE,
  result JSON NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
