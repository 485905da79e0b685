-- Which keys people pressed is not kept any more: it may be a card number or a PIN.
UPDATE calls SET `call` = JSON_REMOVE(`call`, '$.ivr.digits'), updated_at = updated_at
WHERE JSON_EXISTS(`call`, '$.ivr.digits');
DELETE FROM late_rows WHERE JSON_VALUE(cel_row, '$.eventType') = 'DTMF' OR JSON_VALUE(cel_row, '$.eventtype') = 'DTMF';
