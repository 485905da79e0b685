UPDATE side_effects SET record = intention WHERE state = 'open';
ALTER TABLE side_effects DROP COLUMN intention;
ALTER TABLE side_effects DROP COLUMN shows_by;
