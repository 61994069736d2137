import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobs, repositoryRoot } from './data';

export interface SweepReference {
  readonly ms: number;
  readonly sums: readonly number[];
}

/** Median times of the C program: sweeps by `A_fused`, `A_events`, `B_fused`, `B_events`, indicators by key in ns a bar. */
export type Reference = Record<string, SweepReference> & Record<string, { readonly ns: number; readonly last: number }>;

/** Most nanoseconds per cell and bar at 5,000 bars that count as a fair reference. */
const limits: Readonly<Record<string, number>> = { fused: 3.0, events: 0.7 };

function findCompiler(): string | null {
  for (const compiler of ['cc', 'gcc', 'clang']) {
    try {
      execFileSync(compiler, ['--version'], { stdio: 'ignore' });
      return compiler;
    } catch {
      // not on this machine: try the next name
    }
  }
  return null;
}

/** Compiles a C program of this folder, runs it on files of the columns and gives its JSON; null without a compiler. */
function runProgram<T>(name: string, columns: readonly Float64Array[], runs: number): T | null {
  const compiler = findCompiler();
  if (compiler === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const program = join(folder, name);
    const files = columns.map((column, k) => {
      const file = join(folder, `column-${k}`);
      writeFileSync(file, new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
      return file;
    });
    const source = join(repositoryRoot, 'scripts/bench', `${name}.c`);
    execFileSync(compiler, ['-O3', '-march=native', source, '-lm', '-o', program]);
    return JSON.parse(execFileSync(program, [...files, String(runs)], { encoding: 'utf8' })) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs reference.c; null when no compiler is found. `bars`: highs, lows, closes one after the other. */
export function runReference(closes: Float64Array, bars: Float64Array, runs: number): Reference | null {
  return runProgram('reference', [closes, bars], runs);
}

/** Runs reference-protected.c; null when no compiler is found. `bars`: opens, highs, lows, closes one after the other. */
export function runProtectedReference(
  bars: Float64Array,
  runs: number,
): Record<'A_protected' | 'B_protected', SweepReference> | null {
  return runProgram('reference-protected', [bars], runs);
}

/** Runs reference-matrix.c on opens, highs, lows, closes and volumes; null when no compiler is found. */
export function runMatrixReference(
  bars: readonly Float64Array[],
  runs: number,
): { readonly ns: number; readonly sums: readonly number[] } | null {
  const all = new Float64Array(bars.length * bars[0].length);
  bars.forEach((column, k) => all.set(column, k * column.length));
  return runProgram('reference-matrix', [all], runs);
}

/** Why a reference time may not be used, or null when it may. */
export function refusal(
  reference: SweepReference,
  job: 'A' | 'B',
  kind: 'fused' | 'events',
  bars: number,
): string | null {
  const { cells, golden } = jobs.find(({ name }) => name === job)!;
  if (reference.sums.some((sum, i) => Math.abs(sum - golden[i]) > 1e-5)) return 'reference gives other sums';
  const ns = (reference.ms * 1e6) / (cells * bars);
  return ns > limits[kind] ? `reference too slow: ${ns.toFixed(2)} ns per cell and bar` : null;
}
