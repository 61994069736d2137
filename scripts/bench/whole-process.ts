import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realCloses, repositoryRoot } from './data';
import { timesOf } from './measure';
import type { Row } from './rows';

const TOOL = join(repositoryRoot, 'dist/apps/cli/src/main.js');
const AIM_MS = 400;

/** Job A as a user runs it: `assay sweep` from the start of the process to its end, reading and printing included. */
export function benchWholeProcess(): Row[] {
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const bars = join(directory, 'closes.csv');
    writeFileSync(bars, `close\n${Array.from(realCloses()).join('\n')}\n`);
    const grid = ['--template', 'sma-cross', '--fast', '2:100', '--slow', '2:100', '--fill', 'close'];
    const args = ['sweep', '--bars', bars, ...grid, '--long-only', '--fee-bps', '5', '--periods-per-year', '365'];
    const run = (): void => void execFileSync(process.execPath, [TOOL, ...args, '--json'], { maxBuffer: 2 ** 26 });
    const { median } = timesOf(run, 9, 1);
    return [
      {
        what: 'assay sweep A, 5k bars, whole process',
        value: `${median.toFixed(0)} ms`,
        ratio: median / AIM_MS,
        note: `against ${AIM_MS} ms`,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
