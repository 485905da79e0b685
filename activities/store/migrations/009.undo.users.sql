ALTER TABLE settings DROP COLUMN sections;
DROP TABLE settings_changes;
DROP TABLE sessions;
DROP TABLE password_links;
DROP TABLE users;
