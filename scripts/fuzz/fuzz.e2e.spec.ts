import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE_MS } from '@assay/primitives';
import type { FuzzReport } from './main';

const ROOT = join(__dirname, '..', '..');
jest.setTimeout(8 * MINUTE_MS);

it('a thousand requests made from the documents break nothing that every answer keeps', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'assay-fuzz-'));
  try {
    const reportFile = join(dir, 'report.json');
    const args = [join(ROOT, 'scripts', 'fuzz.mjs'), '--requests', '1000', '--seed', '6', '--report', reportFile];
    const child = spawn(process.execPath, args, { cwd: ROOT, env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    if (code !== 0) throw new Error(output);
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as FuzzReport;
    expect(report.findings).toEqual([]);
    // A run that reaches nothing would find nothing.
    expect(report.reached[0]).toBeGreaterThan(50);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
