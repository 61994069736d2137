import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingLine, stepsOf } from './page';

export interface PageReport {
  page: string;
  seconds: number;
  steps: number;
  /** Lines that the page states and its run printed. */
  lines: number;
  /** What all of its steps printed. */
  output: string;
  /** What went wrong; null where all is as the page says. */
  failure: string | null;
}

const LAST_LINES = 15;

/** Puts `npx assay` where a clone has it, and each step's output into files of its own. */
function scriptOf(steps: readonly { commands: string }[], tool: string): string {
  const head = [
    'set -eo pipefail',
    `npx() { shift; ${JSON.stringify(process.execPath)} ${JSON.stringify(tool)} "$@"; }`,
  ];
  const blocks = steps.map(({ commands }, i) => `exec >.step-${i}.out 2>.step-${i}.err\n${commands}`);
  return `${[...head, ...blocks].join('\n')}\n`;
}

const written = (folder: string, name: string): string => {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
};

/** Runs a page in an empty folder, as a reader would, and compares what it prints with what it says. */
export async function runPage(
  name: string,
  text: string,
  folder: string,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<PageReport> {
  mkdirSync(folder, { recursive: true });
  const steps = stepsOf(text);
  writeFileSync(join(folder, '.page.sh'), scriptOf(steps, join(root, 'apps/cli/bin/assay.mjs')));
  const started = performance.now();
  const child = spawn('bash', ['.page.sh'], { cwd: folder, env, stdio: 'ignore' });
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  const figures = {
    page: name,
    seconds: (performance.now() - started) / 1000,
    steps: steps.length,
    lines: steps.reduce((count, { printed }) => count + printed.filter((line) => line.trim() !== '').length, 0),
  };
  const all = steps.map((_, i) => written(folder, `.step-${i}.out`) + written(folder, `.step-${i}.err`));
  const report = { ...figures, output: all.join('') };
  for (const [i, { line, printed }] of steps.entries()) {
    const [out, err] = [written(folder, `.step-${i}.out`), written(folder, `.step-${i}.err`)];
    const last = i === steps.length - 1 || written(folder, `.step-${i + 1}.out`) === '';
    const missing = missingLine(printed, out);
    const stopped =
      code !== 0 && last ? `ended with ${code}` : missing === undefined ? null : `does not print: ${missing}`;
    if (stopped === null) continue;
    const tail = `${out}${err}`.split('\n').slice(-LAST_LINES).join('\n');
    return { ...report, failure: `the commands of line ${line}: ${stopped}\n${tail}` };
  }
  return { ...report, failure: code === 0 ? null : `ended with ${code}` };
}
