/** The real servers that run while the tests do; see tests/setup. */
function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with bin/test, which starts the servers`);
  return value;
}

export const servers = {
  mysqlAdminUrl: fromSetup('TEST_MYSQL_ADMIN_URL'),
  redisUrl: fromSetup('TEST_REDIS_URL'),
  temporalAddress: fromSetup('TEST_TEMPORAL_ADDRESS'),
  /** Path of the browser. */
  chromium: fromSetup('TEST_CHROMIUM'),
};
