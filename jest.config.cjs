// The sources are ES modules that Node runs as they are; jest gets them as CommonJS,
// with the ES-only packages of node_modules transformed alike.
const esOnlyPackages = ['cookie', 'jose', 'typebox', 'openapi-fetch', 'postgrator', 'content-disposition', 'sip.js'];
const swc = [
  '@swc/jest',
  {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  },
];

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(m?[jt]sx?)$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esOnlyPackages.join('|')})/)`],
  testPathIgnorePatterns: ['/node_modules/', '/.ringflow/'],
  modulePathIgnorePatterns: ['/.ringflow/'],
};

module.exports = {
  // most of a test's time somebody waits: more than one runs on two cores
  maxWorkers: 2,
  testTimeout: 30_000, // a machine with much to do is slow, not wrong
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '\\.int\\.test\\.ts$', '<rootDir>/tests/'],
    },
    {
      ...shared,
      displayName: 'servers',
      testEnvironment: '<rootDir>/tests/setup/told-of-failures.cjs',
      testMatch: ['**/*.int.test.ts', '<rootDir>/tests/**/*.test.ts'],
      globalSetup: '<rootDir>/tests/setup/start-servers.ts',
      globalTeardown: '<rootDir>/tests/setup/stop-servers.ts',
      setupFilesAfterEnv: ['<rootDir>/tests/setup/empty-redis.ts'],
    },
  ],
};
