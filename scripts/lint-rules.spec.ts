import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
jest.setTimeout(60_000);

/** Lints texts that stand for files of the tree. */
const LINT = `
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
const eslint = new ESLint();
const found = [];
for (const { path, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [{ messages }] = await eslint.lintText(text, { filePath: path });
  found.push(messages.map(({ ruleId, message }) => [ruleId, message]));
}
console.log(JSON.stringify(found));
`;

function lint(files: { path: string; text: string }[]): [string, string][][] {
  const args = ['--input-type=module', '-e', LINT];
  const run = spawnSync(process.execPath, args, { cwd: ROOT, input: JSON.stringify(files), encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as [string, string][][];
}

it('SQL is refused in services and at home in stores and tests', () => {
  const text = "export const f = (em: { query<T>(sql: string): T }) => em.query<number>('SELECT 1');\n";
  const refused = [
    'apps/trade/src/accounts/accounts.service.ts',
    'apps/research/src/records/strategies/bars-source.ts',
  ];
  const allowed = ['apps/trade/src/records/accounts/account.store.ts', 'apps/trade/src/schema.int.spec.ts'];
  const found = lint([...refused, ...allowed].map((path) => ({ path, text })));
  const message = ['no-restricted-syntax', 'SQL stands in the stores of records: ask one of them.'];
  expect(found).toEqual([[message], [message], [], []]);
});

it('what a transaction reads, it reads by its own manager', () => {
  const text = 'export class A { tx: any; f() { return this.tx.run(() => this.tx.run(() => null)); } }\n';
  const [found] = lint([{ path: 'apps/trade/src/accounts/accounts.service.ts', text }]);
  expect(found).toContainEqual([
    'no-restricted-syntax',
    'Inside a transaction its manager is the only way to the database.',
  ]);
});

it('a require names its file by its place: the build rewrites no alias there', () => {
  const path = 'libs/pipeline/src/columns/calendars.ts';
  const texts = [
    "export const a = require('@assay/calendars');\n",
    "export const a = require.resolve('@assay/market-data/calendars');\n",
    "export const a = require('../../../calendars/src') as typeof import('@assay/calendars');\n",
    "export const a = import('@assay/calendars');\n",
  ];
  const message = ['no-restricted-syntax', 'The build rewrites no name in a require: give the path to the file.'];
  const app = 'apps/cli/src/commands/catalog.ts';
  const files = [...texts.map((text) => ({ path, text })), { path: app, text: texts[0] }];
  const found = lint(files).map((messages) => messages.filter(([rule]) => rule === 'no-restricted-syntax'));
  expect(found).toEqual([[message], [message], [], [], [message]]);
});

it('a promise that nobody waits for, one where a value was meant and a case that is missing are seen', () => {
  const dir = mkdtempSync(join(tmpdir(), 'assay-lint-'));
  try {
    const compilerOptions = { strict: true, target: 'es2022', module: 'node16', moduleResolution: 'node16', types: [] };
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const lines = [
      'async function one(): Promise<boolean> { return true; }',
      'one();',
      'if (one()) void 0;',
      'async function two(): Promise<void> { await 2; }',
      'void two();',
      "export function three(side: 'buy' | 'sell'): void { switch (side) { case 'buy': return; } }",
    ];
    writeFileSync(join(dir, 'faults.ts'), lines.join('\n'));
    const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const args = [oxlint, '-c', join(ROOT, '.oxlintrc.json'), '--type-aware', '--format', 'json', dir];
    const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      'typescript(await-thenable)',
      'typescript(no-floating-promises)',
      'typescript(no-misused-promises)',
      'typescript(switch-exhaustiveness-check)',
    ]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
