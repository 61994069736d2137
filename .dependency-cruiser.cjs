// Who may import whom; docs/ARCHITECTURE.md has the table in words.
const FLOORS = require('./scripts/import-floors.json');

const lib = (name) => `^libs/${name}/`;
const LIBS = [
  'quant',
  'primitives',
  'contracts',
  'domain',
  'calendars',
  'compute',
  'tables',
  'pipeline',
  'market-data',
  'persistence',
  'platform',
  'simulators',
  'testing',
];

/** What an app keeps for its specs alone. */
const TEST_FOLDERS = '^apps/[^/]+/test/';
const TESTS = ['\\.spec\\.ts$', TEST_FOLDERS];

/** `folder` may reach only itself and `allowed` among our folders. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ') || 'itself'} among our folders`,
  from: { path: from, pathNot: TESTS },
  to: { path: '^(apps|libs|scripts)/', pathNot: [from, ...allowed.map(lib)] },
});
const noPackages = (name, packages = [], modules = []) => ({
  name: `${name}-is-pure`,
  severity: 'error',
  comment: `${name} uses no npm package and no node module${[...packages, ...modules].map((e) => ` but ${e}`).join('')}`,
  from: { path: lib(name), pathNot: '\\.spec\\.ts$' },
  to: {
    dependencyTypes: [
      'npm',
      'npm-dev',
      'npm-optional',
      'npm-peer',
      'npm-no-pkg',
      'npm-unknown',
      'core',
      'unknown',
      'undetermined',
    ],
    pathNot: [...packages.map((e) => `node_modules/${e}/`), ...modules.map((e) => `^(node:)?${e}$`)],
  },
});
/**
 * The floors inside an app, from the top: a folder imports from lower floors only, never from its own or a higher one, so
 * no two folders can import each other. A rule a folder, and that every folder is on a floor.
 */
const floorRules = ([app, floors]) => {
  const src = `^apps/${app}/src/`;
  const folders = floors.flat();
  const within = (names) => names.map((name) => `${src}${name}/`);
  const looksDown = floors.flatMap((floor, level) =>
    floor.map((folder) => ({
      name: `${app}-${folder}-looks-down`,
      severity: 'error',
      comment: `apps/${app}/src/${folder} may import from the floors below it only (scripts/import-floors.json)`,
      from: { path: `${src}${folder}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^apps/${app}/`, pathNot: within([folder, ...floors.slice(level + 1).flat()]) },
    })),
  );
  const comment = `give every folder of apps/${app}/src a floor in scripts/import-floors.json`;
  const unplaced = { path: `${src}[^/]+/`, pathNot: within(folders) };
  return [
    ...looksDown,
    { name: `${app}-folders-have-floors`, severity: 'error', comment, from: unplaced, to: {} },
    { name: `${app}-imports-from-floors`, severity: 'error', comment, from: { path: `^apps/${app}/` }, to: unplaced },
  ];
};
const everyLibBut = (...left) => LIBS.filter((name) => !left.includes(name));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-entry-points-only',
      severity: 'error',
      comment: 'another lib is entered through its index.ts or a declared sub-entry, never through a file inside',
      from: { path: '^(apps|libs|scripts)/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^libs/',
        pathNot: [
          '^$1/$2/',
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/market-data/src/[^/]+/index\\.ts$',
          '^libs/primitives/src/(errors|ids)/index\\.ts$',
          '^libs/platform/src/embedded/[^/]+\\.mjs$',
        ],
      },
    },
    {
      name: 'testing-is-for-specs',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/', pathNot: [...TESTS, lib('testing')] },
      to: { path: [lib('testing'), TEST_FOLDERS] },
    },
    {
      name: 'decimal-in-one-file',
      severity: 'error',
      comment: 'decimals have one precision: take Decimal from @assay/primitives',
      from: { path: '^(apps|libs|scripts)/', pathNot: '^libs/primitives/src/decimal/decimal\\.ts$' },
      to: { path: 'node_modules/decimal\\.js/' },
    },
    noPackages('quant'),
    noPackages('primitives', ['decimal\\.js', 'canonicalize', 'uuid'], ['crypto']),
    noPackages('contracts', ['zod']),
    noPackages('domain'),
    only('quant-imports', lib('quant'), []),
    only('primitives-imports', lib('primitives'), []),
    only('contracts-imports', lib('contracts'), ['primitives']),
    only('domain-imports', lib('domain'), ['quant', 'contracts', 'primitives']),
    only('calendars-imports', lib('calendars'), ['contracts', 'domain', 'primitives']),
    only('compute-imports', lib('compute'), ['quant', 'primitives']),
    only('tables-imports', lib('tables'), ['primitives']),
    only('pipeline-imports', lib('pipeline'), ['quant', 'domain', 'calendars', 'contracts', 'compute', 'primitives']),
    only('market-data-imports', lib('market-data'), [
      'quant',
      'domain',
      'calendars',
      'contracts',
      'tables',
      'primitives',
    ]),
    only('persistence-imports', lib('persistence'), ['contracts', 'primitives']),
    only('platform-imports', lib('platform'), ['contracts', 'persistence', 'tables', 'primitives']),
    only('simulators-imports', lib('simulators'), ['contracts', 'primitives']),
    only('research-imports', '^apps/research/', everyLibBut('testing', 'simulators')),
    only('trade-imports', '^apps/trade/', everyLibBut('testing', 'simulators')),
    only('portfolio-imports', '^apps/portfolio/', everyLibBut('testing', 'simulators')),
    only('cli-imports', '^apps/cli/', [
      'quant',
      'domain',
      'contracts',
      'compute',
      'tables',
      'pipeline',
      'market-data',
      'simulators',
      'primitives',
    ]),
    // in front of the services, which it knows by their HTTP interfaces
    only('web-server-imports', '^apps/web/server/', ['platform', 'primitives']),
    // the browser app knows the product by its HTTP interfaces alone
    only('web-imports', '^apps/web/src/', []),
    only('demo-imports', '^scripts/demo/', ['simulators']),
    ...Object.entries(FLOORS).flatMap(floorRules),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
