DROP TABLE others_notes;
