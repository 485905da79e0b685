-- A call that was joined by mistake, and is told by its own actor: the older one knows it when it is looked at again.
ALTER TABLE joined_calls ADD COLUMN left_out BOOLEAN NOT NULL DEFAULT FALSE;
