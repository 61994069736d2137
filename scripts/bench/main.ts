import { writeFileSync } from 'node:fs';
import { cpus, platform, release } from 'node:os';
import { realCloses } from './data';
import { benchCrossValidation } from './cross-validation';
import { benchEngines } from './engines';
import { benchGates } from './gates';
import { benchIndicators, longBars } from './indicators';
import { benchMatrix } from './matrix';
import { benchMemory, runProbe } from './memory';
import { benchModels } from './models';
import { runReference } from './reference';
import { benchReadFiles } from './read-files';
import type { Row } from './rows';
import { formatRows } from './rows';
import { benchStoredBars } from './stored-bars';
import { benchStrategySweeps } from './strategy-sweeps';
import { benchGrowth, benchSweeps } from './sweeps';
import { benchProtectedSweeps } from './sweeps-protected';
import { benchUniverses } from './universes';
import { benchWalkForward } from './walk-forward';
import { benchWholeProcess } from './whole-process';

/** Prints the table; `--json FILE` also writes it. Quote ratios of one run, never times of two. */
async function main(args: readonly string[]): Promise<void> {
  if (args[0] === '--probe') return runProbe(args[1]);
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${platform()} ${release()}, Node ${process.version}`;
  console.log(machine);
  const bars = longBars(1_000_000);
  const reference = runReference(realCloses(), bars, 15);
  const rows: Row[] = [];
  const add = (more: Row[]): void => {
    rows.push(...more);
    console.log(formatRows(more));
  };
  add(await benchSweeps(reference));
  add(benchProtectedSweeps());
  add(await benchWalkForward());
  add(benchWholeProcess());
  add(benchUniverses());
  add(await benchReadFiles());
  add(await benchStoredBars());
  add(await benchIndicators(bars, reference));
  add(benchMatrix());
  add(benchEngines());
  add(await benchModels());
  add(benchCrossValidation());
  add(benchStrategySweeps());
  add(benchGates());
  add(benchGrowth());
  add(benchMemory());
  const at = args.indexOf('--json');
  if (at >= 0 && args[at + 1] !== undefined)
    writeFileSync(args[at + 1], `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
