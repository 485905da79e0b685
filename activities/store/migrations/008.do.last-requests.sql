-- By when amoCRM shows what a request of unknown fate did there; until then a look that finds nothing proves nothing.
ALTER TABLE side_effects ADD COLUMN shows_by DATETIME(3) NULL AFTER deadline_at;
-- What the request that left last was to do, and where; it stood in `record` before, which is what stands in amoCRM.
ALTER TABLE side_effects ADD COLUMN intention JSON NULL AFTER attempts;
UPDATE side_effects SET intention = record, record = NULL WHERE state = 'open';
