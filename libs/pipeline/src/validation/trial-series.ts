import type { TimedReturns } from '@assay/quant';
import { deflateSync, inflateSync } from 'node:zlib';

/** One trial of the ledger: the newest net return series of a distinct config hash. */
export interface TrialSeries {
  configHash: string;
  /** Ascending; one return per time. */
  openTimeMs: Float64Array;
  returns: Float64Array;
  /**
   * Buy and hold of its own universe, its whole history from the first return on; absent: the candidate's. Null: the trial has
   * bars of another frequency, or those of its universe are not at hand, so it is counted without a series.
   */
  benchmark?: TimedReturns | null;
  /** The bytes of its returns, deflated, where whoever read it still has them. */
  deflated?: Uint8Array;
}

export interface AlignedTrials {
  /** The bars that all trials and the benchmark have. */
  openTimeMs: Float64Array;
  /** One series per trial, in ledger order. */
  trials: Float64Array[];
  benchmark: Float64Array;
}

/** Cuts all series to the bars they have in common. */
export function alignTrials(trials: readonly TrialSeries[], benchmark: TimedReturns): AlignedTrials {
  let common = benchmark.openTimeMs;
  for (const openTimeMs of new Set(trials.map((trial) => trial.openTimeMs))) common = intersect(common, openTimeMs);
  return {
    openTimeMs: common,
    trials: trials.map((trial) => pick(trial, common)),
    benchmark: pick(benchmark, common),
  };
}

function intersect(a: Float64Array, b: Float64Array): Float64Array {
  if (a === b || (a.length === b.length && a.every((x, i) => x === b[i]))) return a;
  const both = new Float64Array(Math.min(a.length, b.length));
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]! < b[j]!) i++;
    else if (a[i]! > b[j]!) j++;
    else {
      both[count++] = a[i]!;
      i++;
      j++;
    }
  }
  return both.slice(0, count);
}

/** `times` is an ascending subset of the series' own. A stretch without gaps is a view: a large ledger is not held twice. */
function pick({ openTimeMs, returns }: TimedReturns, times: Float64Array): Float64Array {
  if (times.length === openTimeMs.length || times.length === 0) return returns.subarray(0, times.length);
  const from = openTimeMs.indexOf(times[0]!);
  if (openTimeMs[from + times.length - 1] === times.at(-1)) return returns.subarray(from, from + times.length);
  const picked = new Float64Array(times.length);
  for (let i = 0, j = 0; i < times.length; i++) {
    while (openTimeMs[j]! < times[i]!) j++;
    picked[i] = returns[j]!;
  }
  return picked;
}

const DEFLATED = 6;

/** Exact bytes of a series for the ledger: all times, then all returns, as 64-bit patterns (little endian), deflated. */
export function encodeTrialSeries({ openTimeMs, returns }: TimedReturns): Buffer {
  const both = new Float64Array(openTimeMs.length * 2);
  both.set(openTimeMs);
  both.set(returns, openTimeMs.length);
  return deflateSync(new Uint8Array(both.buffer), { level: DEFLATED });
}

/** @throws Error when the bytes were not written by `encodeTrialSeries`. */
export function decodeTrialSeries(bytes: Uint8Array): TimedReturns {
  const raw = inflateSync(bytes);
  if (raw.length % 16 !== 0) throw new Error(`a trial series must have 16 bytes per bar, had ${raw.length} in all`);
  const both = new Float64Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const n = both.length / 2;
  return { openTimeMs: both.slice(0, n), returns: both.slice(n) };
}
