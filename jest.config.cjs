const { aliases, root, swcOptions } = require('./scripts/swc-options.cjs');

const moduleNameMapper = Object.fromEntries(
  Object.entries(aliases).map(([name, [path]]) => [`^${name}$`, `<rootDir>/${path}`]),
);
// lazily loaded files are imported by their built name
moduleNameMapper['^(\\.{1,2}/.*)\\.js$'] = '$1';
// jest resolves the aliases itself, so swc leaves them alone here
const jsc = { ...swcOptions.jsc };
delete jsc.paths;
delete jsc.baseUrl;
const swc = ['@swc/jest', { ...swcOptions, jsc }];
// packages that are ES modules alone
const ES_MODULES = '(?:hyparquet(?:-writer)?|content-disposition)/';
const transform = { '^.+\\.ts$': swc, [`/node_modules/${ES_MODULES}.+\\.js$`]: swc };
const shared = {
  rootDir: root,
  testEnvironment: '<rootDir>/libs/testing/src/jest/environment.cjs',
  transform,
  moduleNameMapper,
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES})`],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
const servers = {
  setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/long-timeout.cjs'],
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.mjs',
};

/** unit: `x.spec.ts`, pure. integration: `x.int.spec.ts`, on a real PostgreSQL. e2e: `x.e2e.spec.ts`, separate processes over HTTP and events. */
module.exports = {
  projects: [
    { ...shared, displayName: 'unit', testRegex: '(?<!\\.int|\\.e2e)\\.spec\\.ts$' },
    { ...shared, ...servers, displayName: 'integration', testRegex: '\\.int\\.spec\\.ts$' },
    { ...shared, ...servers, displayName: 'e2e', testRegex: '\\.e2e\\.spec\\.ts$' },
  ],
};
