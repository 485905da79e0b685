DROP TABLE joined_calls;
