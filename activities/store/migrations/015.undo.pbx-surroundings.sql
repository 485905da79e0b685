ALTER TABLE calls DROP KEY calls_by_comparison, DROP COLUMN comparison;
ALTER TABLE pbxs
  DROP COLUMN ami_host, DROP COLUMN ami_port, DROP COLUMN ami_user, DROP COLUMN recordings_folder;
