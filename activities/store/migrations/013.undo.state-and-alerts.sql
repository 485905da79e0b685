DROP TABLE alert_deliveries;
ALTER TABLE accounts DROP COLUMN first_card_at;
