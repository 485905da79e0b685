-- Linkedids that Asterisk joined into an older one, whose actor tells the call.
CREATE TABLE joined_calls (
  pbx_id VARCHAR(32) NOT NULL,
  linkedid VARCHAR(150) NOT NULL,
  into_linkedid VARCHAR(150) NOT NULL,
  noted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (pbx_id, linkedid)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
