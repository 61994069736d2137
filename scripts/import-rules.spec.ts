import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import floors from './import-floors.json';

const ROOT = join(__dirname, '..');

/** Runs the project's import rules over a small tree of its own and returns the names of the broken rules. */
function brokenRules(files: Record<string, string>): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'assay-imports-'));
  try {
    writeFileSync(join(dir, 'tsconfig.json'), '{"compilerOptions":{"module":"node16","moduleResolution":"node16"}}');
    symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    const cli = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(ROOT, '.dependency-cruiser.cjs');
    const roots = [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))];
    const run = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', ...roots], {
      cwd: dir,
      encoding: 'utf8',
    });
    const { summary } = JSON.parse(run.stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return [...new Set(summary.violations.map((v) => v.rule.name))].sort();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

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
  it('accept a tree that keeps them', () => {
    expect(brokenRules(CLEAN)).toEqual([]);
  });

  it.each([
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
  ])('catch %s', (_, planted, rule) => {
    expect(brokenRules({ ...CLEAN, ...planted })).toContain(rule);
  });
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

  it('may all be seen from above', () => {
    const readers = levels.flatMap((floor, level) => {
      const below = levels.slice(level + 1).flat();
      return floor.map((folder) =>
        importing(
          folder,
          below.map((lower) => `../${lower}/thing`),
        ),
      );
    });
    expect(brokenRules(Object.assign({}, things, ...readers))).toEqual([]);
  });

  it('show nothing of what lies above or beside', () => {
    // One import a folder: of its neighbour on the floor, else of the floor above, else of the root.
    const readers = levels.flatMap((floor, level) =>
      floor.map((folder, i) => {
        const seen = floor[i + 1] ?? levels[level - 1]?.[0];
        return importing(folder, [seen ? `../${seen}/thing` : '../main']);
      }),
    );
    const planted: Record<string, string> = Object.assign({}, things, ...readers);
    planted[`${src}/main.ts`] = 'export const main = 1;\n';
    expect(brokenRules(planted)).toEqual(folders.map((folder) => `${app}-${folder}-looks-down`).sort());
  });

  it('are all there are', () => {
    const added = {
      [`${src}/attic/thing.ts`]: `import '../${folders[0]}/thing';\n`,
      [`${src}/main.ts`]: "import './attic/thing';\n",
    };
    expect(brokenRules({ ...things, ...added })).toEqual([`${app}-folders-have-floors`, `${app}-imports-from-floors`]);
  });
});
