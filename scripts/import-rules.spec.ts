import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import floors from './import-floors.json';

const ROOT = join(__dirname, '..');

/** Runs the project's import rules in folders one after the other: one process, for loading the tool takes longer than its work. */
const CRUISE = `
import { readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import readRules from 'dependency-cruiser/config-utl/extract-depcruise-options';
import readTypescript from 'dependency-cruiser/config-utl/extract-ts-config';
const options = await readRules('./.dependency-cruiser.cjs');
const found = [];
for (const { dir, roots } of JSON.parse(readFileSync(0, 'utf8'))) {
  process.chdir(dir);
  const tsConfig = readTypescript(options.tsConfig.fileName);
  const { output } = await cruise(roots, structuredClone(options), undefined, { tsConfig });
  found.push(output.summary.violations.map(({ rule }) => rule.name));
}
console.log(JSON.stringify(found));
`;

/** Small trees, each of its own; the names of the rules that each breaks are known once the tests run. */
const trees: Record<string, string>[] = [];
let found: string[][];
function brokenRules(files: Record<string, string>): () => string[] {
  const at = trees.push(files) - 1;
  return () => [...new Set(found[at])].sort();
}

beforeAll(() => {
  const home = mkdtempSync(join(tmpdir(), 'assay-imports-'));
  try {
    const planted = trees.map((files, i) => {
      const dir = join(home, String(i));
      mkdirSync(dir);
      writeFileSync(join(dir, 'tsconfig.json'), '{"compilerOptions":{"module":"node16","moduleResolution":"node16"}}');
      symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), text);
      }
      return { dir, roots: [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))] };
    });
    const args = ['--input-type=module', '-e', CRUISE];
    const run = spawnSync(process.execPath, args, { cwd: ROOT, input: JSON.stringify(planted), encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    found = JSON.parse(run.stdout) as string[][];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

const CLEAN = {
  'libs/quant/src/index.ts': "export { mean } from './mean';\n",
  'libs/quant/src/mean.ts': 'export const mean = 1;\n',
  'libs/domain/src/index.ts': "import { mean } from '../../quant/src/index';\nexport const twice = 2 * mean;\n",
  'apps/trade/src/main.ts': "import { twice } from '../../../libs/domain/src/index';\nconsole.log(twice);\n",
  'apps/research/src/main.ts': 'export const research = 1;\n',
  'libs/testing/src/index.ts': 'export const database = 1;\n',
  'apps/research/test/harness.ts': "import '../../../libs/testing/src/index';\n",
};

describe('import rules', () => {
  const clean = brokenRules(CLEAN);
  it('accept a tree that keeps them', () => expect(clean()).toEqual([]));

  const plants: [string, Record<string, string>, string][] = [
    ['quant using domain', { 'libs/quant/src/bad.ts': "import '../../domain/src/index';\n" }, 'quant-imports'],
    ['quant using a node module', { 'libs/quant/src/bad.ts': "import 'node:fs';\n" }, 'quant-is-pure'],
    ['domain using an npm package', { 'libs/domain/src/bad.ts': "import 'pg';\n" }, 'domain-is-pure'],
    ['primitives using a file system', { 'libs/primitives/src/bad.ts': "import 'node:fs';\n" }, 'primitives-is-pure'],
    [
      'a second decimal of another precision',
      { 'apps/trade/src/bad.ts': "import Decimal from 'decimal.js';\nexport const one = new Decimal(1);\n" },
      'decimal-in-one-file',
    ],
    [
      'one service using the other',
      { 'apps/trade/src/bad.ts': "import '../../research/src/main';\n" },
      'trade-imports',
    ],
    [
      'a file inside another lib',
      { 'libs/domain/src/bad.ts': "import '../../quant/src/mean';\n" },
      'declared-entry-points-only',
    ],
    [
      'a service using the test library',
      { 'apps/trade/src/bad.ts': "import '../../../libs/testing/src/index';\n" },
      'testing-is-for-specs',
    ],
    [
      'a service using what its tests have',
      { 'apps/research/src/bad.ts': "import '../test/harness';\n" },
      'testing-is-for-specs',
    ],
    [
      'a cycle',
      {
        'libs/quant/src/a.ts': "import './b';\nexport const a = 1;\n",
        'libs/quant/src/b.ts': "import './a';\nexport const b = 1;\n",
      },
      'no-circular',
    ],
  ];
  const caught = plants.map(([what, planted, rule]) => [what, brokenRules({ ...CLEAN, ...planted }), rule] as const);
  it.each(caught)('catch %s', (_, broken, rule) => expect(broken()).toContain(rule));
});

describe.each(Object.entries<string[][]>(floors))('the floors of %s', (app, levels) => {
  const src = `apps/${app}/src`;
  const folders = levels.flat();
  const things = Object.fromEntries(
    folders.map((folder) => [`${src}/${folder}/thing.ts`, 'export const thing = 1;\n']),
  );
  const importing = (folder: string, from: string[]) => ({
    [`${src}/${folder}/reader.ts`]: from.map((path) => `import '${path}';\n`).join(''),
  });

  const fromAbove = levels.flatMap((floor, level) => {
    const below = levels.slice(level + 1).flat();
    return floor.map((folder) =>
      importing(
        folder,
        below.map((lower) => `../${lower}/thing`),
      ),
    );
  });
  const seen = brokenRules(Object.assign({}, things, ...fromAbove));
  it('may all be seen from above', () => expect(seen()).toEqual([]));

  // One import a folder: of its neighbour on the floor, else of the floor above, else of the root.
  const upwards = levels.flatMap((floor, level) =>
    floor.map((folder, i) => {
      const other = floor[i + 1] ?? levels[level - 1]?.[0];
      return importing(folder, [other ? `../${other}/thing` : '../main']);
    }),
  );
  const unseen = brokenRules(Object.assign({ [`${src}/main.ts`]: 'export const main = 1;\n' }, things, ...upwards));
  it('show nothing of what lies above or beside', () => {
    expect(unseen()).toEqual(folders.map((folder) => `${app}-${folder}-looks-down`).sort());
  });

  const attic = brokenRules({
    ...things,
    [`${src}/attic/thing.ts`]: `import '../${folders[0]}/thing';\n`,
    [`${src}/main.ts`]: "import './attic/thing';\n",
  });
  it('are all there are', () => {
    expect(attic()).toEqual([`${app}-folders-have-floors`, `${app}-imports-from-floors`]);
  });
});
