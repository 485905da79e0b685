-- What is sold, as data. Seats, features and term of a purchase begin as its plan says.
CREATE TABLE plans (
  id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind ENUM('free', 'trial', 'paid') NOT NULL,
  name_ru VARCHAR(100) NOT NULL,
  name_en VARCHAR(100) NOT NULL,
  seats INT NOT NULL,
  features JSON NOT NULL,
  -- NULL: without an end
  term_days INT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO plans (id, kind, name_ru, name_en, seats, features, term_days) VALUES
  ('free', 'free', 'Бесплатный', 'Free', 2, '["cards","registration"]', NULL),
  ('professional', 'paid', 'Профессиональный', 'Professional', 10, '["cards","registration","crm-changes","click-to-call","routing","recordings","backfill","hooks","several-pbxs"]', 365),
  ('trial', 'trial', 'Пробный', 'Trial', 100, '["cards","registration","crm-changes","click-to-call","routing","recordings","backfill","hooks","several-pbxs"]', 14);

CREATE TABLE partners (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(200) NOT NULL UNIQUE,
  created_at DATETIME(3) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE customers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(200) NOT NULL,
  note VARCHAR(2000) NOT NULL,
  -- who looks after them; NULL: we do
  partner_id INT NULL,
  created_at DATETIME(3) NOT NULL,
  FOREIGN KEY (partner_id) REFERENCES partners (id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE purchases (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id INT NOT NULL,
  plan_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seats INT NOT NULL,
  features JSON NOT NULL,
  -- NULL: without an end
  paid_until DATETIME(3) NULL,
  -- an invoice is pending, and so long it works on; NULL: none is
  invoice_until DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  FOREIGN KEY (customer_id) REFERENCES customers (id),
  FOREIGN KEY (plan_id) REFERENCES plans (id),
  KEY by_end (paid_until)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A key is told once, when it is issued: kept are its hash and its last signs. At most one of a purchase is not void.
CREATE TABLE licence_keys (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  purchase_id INT NOT NULL,
  key_hash BINARY(32) NOT NULL UNIQUE,
  hint VARCHAR(10) NOT NULL,
  issued_at DATETIME(3) NOT NULL,
  void_at DATETIME(3) NULL,
  FOREIGN KEY (purchase_id) REFERENCES purchases (id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What an installation has said of itself when it was last heard.
CREATE TABLE installations (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- RFC 7638, of its public key: its id
  thumbprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  public_key CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- of its last permit
  serial BIGINT NOT NULL,
  first_heard_at DATETIME(3) NOT NULL,
  last_heard_at DATETIME(3) NOT NULL,
  version VARCHAR(50) NOT NULL,
  timezone VARCHAR(100) NOT NULL,
  accounts JSON NOT NULL,
  used JSON NULL,
  KEY by_hearing (last_heard_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- On which installation a purchase is, and was: on one at a time, and an installation has one at a time.
CREATE TABLE activations (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  purchase_id INT NOT NULL,
  installation_id INT NOT NULL,
  how ENUM('by-key', 'replacement', 'by-staff') NOT NULL,
  -- its permit is a file: it is not heard of
  is_offline BOOLEAN NOT NULL,
  -- that file is good until then, whatever is done here
  offline_until DATETIME(3) NULL,
  began_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  -- replaced: by the next machine itself; moved: by people
  ended_why ENUM('moved', 'replaced', 'released') NULL,
  live_purchase INT GENERATED ALWAYS AS (IF(ended_at IS NULL, purchase_id, NULL)) VIRTUAL,
  live_installation INT GENERATED ALWAYS AS (IF(ended_at IS NULL, installation_id, NULL)) VIRTUAL,
  UNIQUE KEY one_of_purchase (live_purchase),
  UNIQUE KEY one_of_installation (live_installation),
  KEY by_purchase (purchase_id, began_at),
  KEY by_installation (installation_id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One for an amoCRM account, and one for an installation, ever.
CREATE TABLE trials (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account VARCHAR(100) NOT NULL UNIQUE,
  -- NULL: reserved for the account, and not begun
  installation_id INT NULL UNIQUE,
  customer_id INT NULL,
  began_at DATETIME(3) NOT NULL,
  ends_at DATETIME(3) NOT NULL,
  FOREIGN KEY (installation_id) REFERENCES installations (id),
  FOREIGN KEY (customer_id) REFERENCES customers (id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who came with a key that is in use elsewhere.
CREATE TABLE refused_attempts (
  purchase_id INT NOT NULL,
  thumbprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_at DATETIME(3) NOT NULL,
  last_at DATETIME(3) NOT NULL,
  times INT NOT NULL,
  address VARCHAR(45) NOT NULL,
  accounts JSON NOT NULL,
  PRIMARY KEY (purchase_id, thumbprint),
  KEY by_time (last_at),
  FOREIGN KEY (purchase_id) REFERENCES purchases (id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Requests, by the hash of who asked and the request's id, for as long as they could be sent again.
CREATE TABLE seen_requests (
  hash BINARY(16) NOT NULL PRIMARY KEY,
  seen_at DATETIME NOT NULL,
  KEY by_time (seen_at)
);

-- Private halves are sealed by LICENSING_SECRET_KEYS.
CREATE TABLE signing_keys (
  kid VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  x CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_id VARCHAR(32) NOT NULL,
  ciphertext VARBINARY(500) NOT NULL,
  made_at DATETIME(3) NOT NULL,
  -- no permit signed by it lives longer
  covers_until DATETIME(3) NOT NULL,
  -- since then it is in no key set
  left_at DATETIME(3) NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- As the root key has signed them; the last one holds, and its key signs.
CREATE TABLE key_sets (
  serial BIGINT NOT NULL PRIMARY KEY,
  token TEXT NOT NULL,
  signing_kid VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- public half of the root key: of all sets the same
  root_x CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_at DATETIME(3) NOT NULL,
  FOREIGN KEY (signing_kid) REFERENCES signing_keys (kid)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who did what, when, about whom. Nothing here is ever changed.
CREATE TABLE history (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(3) NOT NULL,
  actor VARCHAR(120) NOT NULL,
  event VARCHAR(40) NOT NULL,
  customer_id INT NULL,
  purchase_id INT NULL,
  thumbprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL,
  details JSON NOT NULL,
  KEY by_customer (customer_id, id),
  KEY by_purchase (purchase_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who may use the pages. Partners see their own customers.
CREATE TABLE users (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  role ENUM('admin', 'support', 'partner') NOT NULL,
  partner_id INT NULL,
  -- NULL: not chosen yet
  password_hash VARCHAR(255) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  FOREIGN KEY (partner_id) REFERENCES partners (id)
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
