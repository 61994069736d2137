import { quantileOfSorted } from '../metrics/moments';
import { columnMarket, type ColumnMarket } from './alpha-column';
import { positionsIn, type BarPlaces, type LedgerAxis } from './ledger-axis';
import { volatilityClock } from './volatility-clock';

/** Volatility counts as at least this share of its median over the candidate's bars. */
const LEAST_VOLATILITY = 0.25;

/** Returns by ascending open time. */
export interface TimedReturns {
  readonly openTimeMs: Float64Array;
  readonly returns: Float64Array;
}

export interface BenchmarkTrial extends TimedReturns {
  /**
   * Equal-weight buy and hold of the trial's universe, close to close, without costs: its whole history from the first return
   * on, with every bar of the trial. Trials of one universe share the object.
   */
  readonly benchmark: TimedReturns;
}

/** Whether every bar has a finite return of its own and of its benchmark. */
export function isUsable({ openTimeMs, returns, benchmark }: BenchmarkTrial): boolean {
  const { openTimeMs: all, returns: held } = benchmark;
  for (let i = 0, at = 0; i < openTimeMs.length; i++) {
    while (at < all.length && all[at] < openTimeMs[i]) at++;
    if (all[at] !== openTimeMs[i] || !Number.isFinite(returns[i]) || !Number.isFinite(held[at])) return false;
  }
  return openTimeMs.length > 0;
}

/** Times with the same content as one object, so that what belongs to them is reckoned once. */
export function sharedTimes(trials: readonly (BenchmarkTrial | null)[]): (BenchmarkTrial | null)[] {
  const distinct: Float64Array[] = [];
  const same = (a: Float64Array, b: Float64Array): boolean =>
    a === b || (a.length === b.length && a[0] === b[0] && a.every((time, i) => time === b[i]));
  const shared = new Map<Float64Array, Float64Array>();
  return trials.map((trial) => {
    if (trial === null || !isUsable(trial)) return null;
    let times = shared.get(trial.openTimeMs);
    if (times === undefined) {
      times = distinct.find((one) => same(one, trial.openTimeMs));
      if (times === undefined) distinct.push((times = trial.openTimeMs));
      shared.set(trial.openTimeMs, times);
    }
    return { ...trial, openTimeMs: times };
  });
}

/** A benchmark on the bars of a trial, as it is and by its volatility. */
export interface Markets {
  readonly raw: ColumnMarket;
  readonly scaled: ColumnMarket;
}

/** Benchmarks on the bars of trials, each reckoned once. */
export class MarketsOfLedger {
  private readonly known = new Map<TimedReturns, Map<BarPlaces, Markets>>();

  constructor(
    private readonly axis: LedgerAxis,
    private readonly candidateTimes: Float64Array,
  ) {}

  of({ openTimeMs, benchmark }: BenchmarkTrial): Markets {
    const places = this.axis.placesOf(openTimeMs);
    const ofBenchmark = this.known.get(benchmark) ?? new Map<BarPlaces, Markets>();
    this.known.set(benchmark, ofBenchmark);
    const known = ofBenchmark.get(places);
    if (known !== undefined) return known;
    const at = positionsIn(benchmark.openTimeMs, openTimeMs);
    const clock = volatilityClock(benchmark.returns);
    const floor = LEAST_VOLATILITY * this.median(benchmark, clock, at);
    const returns = Float64Array.from(at, (position) => benchmark.returns[position]);
    const sigma = Float64Array.from(at, (position) => Math.max(clock[position], floor));
    const made = { raw: columnMarket(places, returns, null), scaled: columnMarket(places, returns, sigma) };
    ofBenchmark.set(places, made);
    return made;
  }

  /** Over the candidate's bars; over the trial's own where its benchmark has none of them. */
  private median({ openTimeMs }: TimedReturns, clock: Float64Array, own: Int32Array): number {
    const wanted = new Set(this.candidateTimes);
    const common = clock.filter((_, t) => wanted.has(openTimeMs[t]));
    const values = common.length > 0 ? common : Float64Array.from(own, (position) => clock[position]);
    return quantileOfSorted(values.sort(), 0.5);
  }
}
