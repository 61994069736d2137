import { launch } from '@assay/testing';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stepsOf } from './page';
import type { PageReport } from './run-page';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'docs/cookbook');
const PAGES = readdirSync(FOLDER)
  .map((name) => basename(name, '.md'))
  .filter((name) => name !== 'README');
const MINUTES = 60_000;
jest.setTimeout(10 * MINUTES);

describe('the cookbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cookbook-spec-'));
  let reports: PageReport[] = [];
  let output = '';

  beforeAll(async () => {
    const file = join(folder, 'report.json');
    const env = { ...process.env, DB_URL: '', REDIS_URL: '', NATS_URL: '' };
    const run = launch('scripts/cookbook.mjs', ['--report', file], env);
    await run.ended;
    output = run.output();
    reports = JSON.parse(readFileSync(file, 'utf8')) as PageReport[];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PAGES)('has a page whose commands run and print what it says: %s', (page) => {
    const report = reports.find((one) => one.page === page);
    if (!report) throw new Error(`it was not run:\n${output}`);
    expect(report.failure).toBeNull();
    expect(report.lines).toBeGreaterThan(0);
  });

  it('names every page in its index', () => {
    const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    for (const page of PAGES) expect(index).toContain(`(${page}.md)`);
    expect(stepsOf(index)).toEqual([]);
  });
});
