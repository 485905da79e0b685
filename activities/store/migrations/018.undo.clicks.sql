DROP TABLE clicks;
DROP TABLE used_tokens;
