-- By when amoCRM shows what a request of unknown fate did there; until then a look that finds nothing proves nothing.
ALTER TABLE side_effects ADD COLUMN shows_by DATETIME(3) NULL AFTER deadline_at;
