ALTER TABLE calls
  ADD KEY calls_by_start (started_at),
  DROP KEY calls_of_pbx,
  DROP KEY calls_by_result,
  DROP KEY calls_by_registration;
DROP TABLE call_extensions;
