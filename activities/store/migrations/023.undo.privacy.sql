DROP TABLE forgettings;
-- What was taken out does not come back; earlier versions expect the place where it stood.
UPDATE calls SET `call` = JSON_SET(`call`, '$.ivr.digits', ''), updated_at = updated_at
WHERE JSON_TYPE(JSON_EXTRACT(`call`, '$.ivr')) = 'OBJECT';
