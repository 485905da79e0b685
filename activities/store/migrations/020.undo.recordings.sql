DROP TABLE recording_listens;
DROP TABLE recording_links;
ALTER TABLE pbxs ADD COLUMN recordings_folder VARCHAR(500) NULL;
UPDATE pbxs SET recordings_folder = JSON_UNQUOTE(JSON_EXTRACT(recordings, '$.folder'))
WHERE JSON_UNQUOTE(JSON_EXTRACT(recordings, '$.kind')) = 'folder';
ALTER TABLE pbxs DROP COLUMN recordings;
