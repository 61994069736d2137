import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runEngine, sweepTemplate } from '@assay/quant';
import { jobs, longCloses, sweepOptions } from './data';
import { crossInput, simulateCross } from './engines';
import { GATES_PROBE, judgeLongLedger } from './gates';
import type { Row } from './rows';
import { longUniverse, UNIVERSE_PROBE } from './universes';

const BARS = 1_000_000;

const probes: Readonly<Record<string, () => void>> = {
  'sweep A': () => void sweepTemplate(jobs[0].template, longCloses(BARS), jobs[0].grid, sweepOptions),
  'sweep B': () => void sweepTemplate(jobs[1].template, longCloses(BARS), jobs[1].grid, sweepOptions),
  'event engine': () => void runEngine('event', crossInput(BARS)),
  'order engine with brackets': () => simulateCross(crossInput(BARS)),
  [UNIVERSE_PROBE]: longUniverse,
  [GATES_PROBE]: judgeLongLedger,
};

/** GiB that a probe may take; those that are not named have 1M bars, and 1 GiB. */
const MOST_GIB: Readonly<Record<string, number>> = { [UNIVERSE_PROBE]: 3, [GATES_PROBE]: 1.5 };

/**
 * Peak resident memory of this process in KiB. Linux tells it since the program began; the figure of `resourceUsage`,
 * used elsewhere, starts with what the parent held when it forked.
 */
function peakKib(): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kib !== undefined) return Number(kib);
  } catch {
    // no Linux
  }
  return process.resourceUsage().maxRSS;
}

/** Runs one probe in this process and prints its time in ms and the peak resident memory of the process in KiB. */
export function runProbe(name: string): void {
  const start = performance.now();
  probes[name]();
  console.log(JSON.stringify([performance.now() - start, peakKib()]));
}

/** Each probe in a process of its own, cold. */
export function benchMemory(): Row[] {
  return Object.keys(probes).map((name) => {
    const out = execFileSync(process.execPath, [process.argv[1], '--probe', name], { encoding: 'utf8' });
    const [ms, kib] = JSON.parse(out) as [number, number];
    const most = MOST_GIB[name] ?? 1;
    return {
      what: `${name}${name in MOST_GIB ? '' : ', 1M bars'}, whole process`,
      value: `${(kib / 1024).toFixed(0)} MiB`,
      ratio: kib / 1024 / 1024 / most,
      note: `peak memory against ${most} GiB, ${ms.toFixed(0)} ms cold`,
    };
  });
}
