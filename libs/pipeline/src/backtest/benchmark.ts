import type { Warning } from '@assay/contracts';
import { buyAndHoldReturns, computeMetrics, riskFreeReturns, type MetricsResult } from '@assay/quant';
import { timeText } from '@assay/primitives';

/** Closes of another series beside the bars of a strategy, both by the time at which each is known. */
export interface Benchmark {
  /** The last that was known at the close of each bar; NaN before the first. */
  close: Float64Array;
  /** Bars at whose close nothing new was known since the bar before, ascending. */
  without: Uint32Array;
}

/**
 * The close of a benchmark that was known at the close of each bar: the last whose own bar had closed by then, at the very instant
 * included. One pass; both times rise.
 */
export function alignBenchmark(
  barCloseMs: Float64Array,
  { closeMs, close }: { closeMs: Float64Array; close: Float64Array },
): Benchmark {
  const known = new Float64Array(barCloseMs.length).fill(NaN);
  const without: number[] = [];
  let next = 0;
  for (let t = 0; t < barCloseMs.length; t++) {
    const before = next;
    while (next < closeMs.length && closeMs[next]! <= barCloseMs[t]!) next += 1;
    if (next > 0) known[t] = close[next - 1]!;
    if (next === before) without.push(t);
  }
  return { close: known, without: Uint32Array.from(without) };
}

/** Rates of cash a year as fractions: one for all time, or as known at the close of each bar, NaN where none was. */
export type RiskFree = number | Float64Array;

/** What a strategy is told against, of the scored bars alone. */
export interface Compared {
  /** Returns of the benchmark that was asked for, with its own figures; undefined where none was. */
  benchmark?: Pick<MetricsResult, 'metrics' | 'reasons'> & { returns: Float64Array };
  riskFreeReturns?: Float64Array;
  warnings: Warning[];
}

interface ComparedOptions {
  benchmark?: Benchmark;
  riskFree?: RiskFree;
  periodsPerYear: number;
}

/** Benchmark and cash over the scored bars, and what is missing of them. */
export function comparedWith(
  { benchmark, riskFree, periodsPerYear }: ComparedOptions,
  openTimeMs: Float64Array,
  [from, to]: readonly [number, number],
): Compared {
  const scored = <T extends Float64Array>(all: T): Float64Array => all.slice(from, to);
  const rates = typeof riskFree === 'number' ? new Float64Array(openTimeMs.length).fill(riskFree) : riskFree;
  const cash = rates && scored(riskFreeReturns(rates, periodsPerYear));
  const warnings: Warning[] = [];
  const unknown = cash ? [...cash.keys()].filter((t) => Number.isNaN(cash[t])) : [];
  if (unknown.length > 0)
    warnings.push(missing('risk_free_incomplete', 'no risk-free rate was known before', unknown, from, openTimeMs, to));
  if (benchmark === undefined) return { riskFreeReturns: cash, warnings };
  const without = Array.from(benchmark.without, (t) => t - from).filter((t) => t >= 0 && t < to - from);
  if (without.length > 0)
    warnings.push(missing('benchmark_incomplete', 'the benchmark has no new close at', without, from, openTimeMs, to));
  const returns = scored(buyAndHoldReturns(benchmark.close));
  const { metrics, reasons } = computeMetrics({ returns, periodsPerYear, riskFreeReturns: cash });
  return { benchmark: { returns, metrics, reasons }, riskFreeReturns: cash, warnings };
}

const NAMED = 10;

function missing(
  code: 'risk_free_incomplete' | 'benchmark_incomplete',
  what: string,
  bars: readonly number[],
  from: number,
  openTimeMs: Float64Array,
  to: number,
): Warning {
  const dates = bars.slice(0, NAMED).map((t) => timeText(openTimeMs[from + t]!));
  const more = bars.length > NAMED ? ` and ${bars.length - NAMED} more` : '';
  const message = `${what} ${bars.length} of ${to - from} scored bars: ${dates.join(', ')}${more}`;
  return { code, message, bars: bars.length, dates };
}
