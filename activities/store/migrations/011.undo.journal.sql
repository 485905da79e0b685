ALTER TABLE calls
  ADD KEY calls_by_start (started_at),
  ADD KEY calls_by_number (external_number, started_at),
  DROP KEY calls_of_pbx,
  DROP KEY calls_of_number,
  DROP KEY calls_by_result,
  DROP KEY calls_by_registration;
DROP TABLE phone_endings;
DROP TABLE call_extensions;
