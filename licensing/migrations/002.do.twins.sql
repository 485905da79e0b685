-- How a copy of a machine is noticed: the numbers of the permits that it may have now, and how often lately it had another.
ALTER TABLE installations
  -- NULL: not known yet
  ADD COLUMN may_hold JSON NULL,
  ADD COLUMN twin_times INT NOT NULL DEFAULT 0,
  ADD COLUMN twin_at DATETIME(3) NULL;
