DROP TABLE licence;
DELETE FROM secrets WHERE name LIKE 'licence:%';
