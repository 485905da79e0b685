DROP TABLE cel_cursors;
DROP TABLE late_rows;
DROP TABLE side_effects;
DROP TABLE calls;
