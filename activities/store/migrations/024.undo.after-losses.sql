DROP TABLE others_notes;
DROP TABLE installation;
