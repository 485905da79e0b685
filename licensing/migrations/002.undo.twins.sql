ALTER TABLE installations DROP COLUMN may_hold, DROP COLUMN twin_times, DROP COLUMN twin_at;
