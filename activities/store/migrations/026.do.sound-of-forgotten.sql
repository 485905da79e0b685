-- Each process that keeps converted sound asks for itself which of it may stay.
ALTER TABLE forgettings DROP COLUMN is_sound_gone;
UPDATE forgettings SET calls = NULL WHERE phone IS NULL;
