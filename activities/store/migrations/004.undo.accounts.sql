DROP TABLE secrets;
DROP TABLE accounts;
