DELETE FROM joined_calls WHERE left_out;
ALTER TABLE joined_calls DROP COLUMN left_out;
