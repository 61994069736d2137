// Who may import whom; docs/ARCHITECTURE.md has the table in words.
const lib = (name) => `^libs/${name}/`;
const LIBS = [
  'quant',
  'contracts',
  'domain',
  'compute',
  'pipeline',
  'market-data',
  'persistence',
  'platform',
  'simulators',
  'testing',
];

/** `folder` may reach only itself and `allowed` among our folders. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ') || 'itself'} among our folders`,
  from: { path: from, pathNot: '\\.spec\\.ts$' },
  to: { path: '^(apps|libs|scripts)/', pathNot: [from, ...allowed.map(lib)] },
});
const noPackages = (name, exceptions = []) => ({
  name: `${name}-is-pure`,
  severity: 'error',
  comment: `${name} uses no npm package and no node module${exceptions.length ? ` but ${exceptions.join(', ')}` : ''}`,
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
    pathNot: exceptions.map((e) => `node_modules/${e}/`),
  },
});
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
          '^libs/platform/src/embedded/[^/]+\\.mjs$',
        ],
      },
    },
    {
      name: 'testing-is-for-specs',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/', pathNot: ['\\.spec\\.ts$', lib('testing')] },
      to: { path: lib('testing') },
    },
    noPackages('quant'),
    noPackages('contracts'),
    noPackages('domain', ['decimal\\.js']),
    only('quant-imports', lib('quant'), []),
    only('contracts-imports', lib('contracts'), []),
    only('domain-imports', lib('domain'), ['quant', 'contracts']),
    only('compute-imports', lib('compute'), ['quant']),
    only('pipeline-imports', lib('pipeline'), ['quant', 'domain', 'contracts', 'compute']),
    only('market-data-imports', lib('market-data'), ['domain', 'contracts']),
    only('persistence-imports', lib('persistence'), ['contracts']),
    only('platform-imports', lib('platform'), ['contracts', 'persistence']),
    only('simulators-imports', lib('simulators'), ['contracts']),
    only('research-imports', '^apps/research/', everyLibBut('testing', 'simulators')),
    only('trade-imports', '^apps/trade/', everyLibBut('testing', 'simulators')),
    only('portfolio-imports', '^apps/portfolio/', everyLibBut('testing', 'simulators')),
    only('cli-imports', '^apps/cli/', [
      'quant',
      'domain',
      'contracts',
      'compute',
      'pipeline',
      'market-data',
      'simulators',
    ]),
    only('demo-imports', '^scripts/demo/', ['simulators']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
