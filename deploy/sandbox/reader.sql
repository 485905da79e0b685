-- Ringflow reads the PBX's database as a user who can do nothing but SELECT, as on a customer's PBX.
CREATE USER ringflow_reader IDENTIFIED BY 'sandbox';
GRANT SELECT ON asteriskcdrdb.* TO ringflow_reader;
