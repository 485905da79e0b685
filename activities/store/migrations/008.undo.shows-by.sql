ALTER TABLE side_effects DROP COLUMN shows_by;
