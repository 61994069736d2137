import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE_MS } from '@assay/primitives';
import { launch } from '@assay/testing';
import type { FuzzReport } from './main';

jest.setTimeout(8 * MINUTE_MS);

it('a thousand requests made from the documents break nothing that every answer keeps', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'assay-fuzz-'));
  try {
    const reportFile = join(dir, 'report.json');
    const args = ['--requests', '1000', '--seed', '6', '--report', reportFile];
    const fuzz = launch('scripts/fuzz.mjs', args, process.env);
    if ((await fuzz.ended).code !== 0) throw new Error(fuzz.output());
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as FuzzReport;
    expect(report.findings).toEqual([]);
    // A run that reaches nothing would find nothing.
    expect(report.reached[0]).toBeGreaterThan(50);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
