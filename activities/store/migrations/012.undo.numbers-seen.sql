ALTER TABLE calls DROP KEY calls_of_numbers, DROP COLUMN did, DROP COLUMN trunk;
