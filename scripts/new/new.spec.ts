import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate';
import { withImport, withItem } from './source-tree';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '../..');
const LIBS = ['primitives', 'quant', 'contracts', 'domain', 'calendars', 'compute', 'pipeline'];
const MADE = [
  ['indicator', 'trend/price-turn'],
  ['model', 'nearest-centroid'],
  ['risk-check', 'min-price'],
] as const;

/** Where parts are registered. */
const REGISTERS = [
  'libs/quant/src/indicators/catalog.ts',
  'libs/pipeline/src/models/model-registry.ts',
  'libs/domain/src/risk/check-result.ts',
];

/** The sources that the generators touch, and what they need to compile. */
function scratchCopy(): string {
  const root = mkdtempSync(join(tmpdir(), 'assay-new-'));
  for (const lib of LIBS) cpSync(join(ROOT, 'libs', lib), join(root, 'libs', lib), { recursive: true });
  const more = ['tsconfig.base.json', 'jest.config.cjs', '.prettierrc.json', 'scripts/swc-options.cjs'];
  for (const path of [...more, 'libs/testing/src/jest', 'libs/testing/src/quant']) {
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

describe('npm run new', () => {
  let root: string;
  const made: Record<string, string[]> = {};
  const specs = (): string[] =>
    Object.values(made)
      .flat()
      .filter((path) => path.endsWith('.spec.ts'));

  beforeAll(() => {
    root = scratchCopy();
    for (const [kind, name] of MADE) made[kind] = generate(root, kind, name);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('writes each part with its test, and registers it', () => {
    expect(made).toEqual({
      indicator: [
        'libs/quant/src/indicators/trend/price-turn.ts',
        'libs/quant/src/indicators/trend/price-turn.spec.ts',
        'libs/testing/src/quant/naive-price-indicators.ts',
        'libs/quant/src/indicators/catalog.ts',
      ],
      model: [
        'libs/pipeline/src/models/nearest-centroid/nearest-centroid-plugin.ts',
        'libs/pipeline/src/models/nearest-centroid/nearest-centroid-plugin.spec.ts',
        'libs/pipeline/src/models/model-registry.ts',
      ],
      'risk-check': [
        'libs/domain/src/risk/checks/min-price.ts',
        'libs/domain/src/risk/checks/min-price.spec.ts',
        'libs/domain/src/risk/check-result.ts',
        'libs/domain/src/risk/evaluate-risk-gate.ts',
      ],
    });
  });

  it('makes sources that compile as they are', () => {
    const tsconfig = {
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true },
      files: specs(),
      include: ['libs/*/src/**/*.ts'],
      exclude: ['**/*.spec.ts', '**/fixtures/**', '**/assembly/**'],
    };
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });

  it('makes tests that fail until the numbers are stated', () => {
    const jestBin = join(ROOT, 'node_modules/jest/bin/jest.js');
    const outputFile = join(root, 'result.json');
    const args = ['--selectProjects', 'unit', '--runInBand', '--json', '--outputFile', outputFile, '--runTestsByPath'];
    const { stderr } = spawnSync(process.execPath, [jestBin, ...args, ...specs()], { cwd: root, encoding: 'utf8' });
    if (!existsSync(outputFile)) throw new Error(stderr);
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      testResults: { assertionResults: { title: string; status: string }[] }[];
    };
    const failed = testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
    );
    expect(failed.sort()).toEqual([
      'has the values of an independent computation',
      'is held against values that this code did not compute',
      'nearest_centroid predicts what an independent computation predicts',
      'refuses an entry beyond its limit, with both numbers',
    ]);
  });

  it.each([
    ['indicator', 'trend/price-turn', "key: 'price_turn' is in libs/quant/src/indicators/trend/price-turn.ts already"],
    ['indicator', 'trend/sma', "key: 'sma' is in libs/quant/src/indicators/averages/sma.ts already"],
    ['indicator', 'trend/tema', "key: 'tema' is in libs/quant/src/indicators/averages/multiple-ema.ts already"],
    ['indicator', 'trend/delete', 'the name must be no word of TypeScript, was delete'],
    ['model', 'class', 'the name must be no word of TypeScript, was class'],
    ['model', 'new', 'the name must be no word of TypeScript, was new'],
    ['model', 'none', 'none stands for no model'],
    ['model', 'rule-identity', 'rule_identity stands for no model'],
    ['model', 'logistic', "key: 'logistic' is in libs/pipeline/src/models/logistic"],
    ['risk-check', 'default', 'the name must be no word of TypeScript, was default'],
    ['risk-check', 'stop-loss', "'stop_loss' is in libs/domain/src/risk/check"],
    ['risk-check', 'min-price', "'min_price' is in libs/domain/src/risk/"],
    ['indicator', 'vortex', 'an indicator must be named with its family'],
    ['model', 'NearestCentroid', 'the name must be in kebab-case'],
    ['venue', 'x', 'the kind must be one of indicator, model, risk-check'],
  ])('refuses %s %s and writes nothing', (kind, name, message) => {
    const sources = (): string[] => readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' }).sort();
    const registers = (): string[] => REGISTERS.map((path) => readFileSync(join(root, path), 'utf8'));
    const before = [sources(), registers()];
    expect(() => generate(root, kind, name)).toThrow(message);
    expect([sources(), registers()]).toEqual(before);
  });
});

describe('the changes to a source', () => {
  it('put an import below the last, and an item at the end of a list', () => {
    expect(withImport("import { a } from './a';\nimport {\n  b,\n} from './b';\n\na(b);\n", "import 'c';")).toBe(
      "import { a } from './a';\nimport {\n  b,\n} from './b';\nimport 'c';\n\na(b);\n",
    );
    expect(withItem('const x = [];', 'const x = [', 'a')).toBe('const x = [ a];');
    expect(withItem('const x = [f([1])];', 'const x = [', 'a')).toBe('const x = [f([1]), a];');
    expect(withItem('const x = [\n  b,\n];', 'const x = [', 'a')).toBe('const x = [\n  b, a];');
    expect(withItem('const x = { b: [1] };', 'const x = {', 'a: 2')).toBe('const x = { b: [1], a: 2};');
  });

  it('are none where the source is another than expected', () => {
    expect(withImport('a();\n', "import 'c';")).toBeNull();
    expect(withItem('const y = [];', 'const x = [', 'a')).toBeNull();
  });
});
