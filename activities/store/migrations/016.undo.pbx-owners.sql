DROP TABLE pbx_owners;
