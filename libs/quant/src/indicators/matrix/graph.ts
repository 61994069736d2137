import { WilderSumGroup, WilderSumStep } from './directional';
import { AverageIndexStep, ExponentialGroup, ExponentialStep } from './exponential';
import { RollingExtremeStep } from './extremes';
import { FormulaStep, type Formula } from './formulas';
import { RollingMeanStep, RollingMomentsStep } from './rolling';
import { tileMemory } from './kernels/matrix-kernels';
import { fallOfLow, moneyFlow, riseOfHigh, signedVolume } from './move-formulas';
import { RunningSumStep } from './running-total';
import { keepBars, type Series, SLACK, type Step, TILE_BARS } from './series';
import { WeightedSumStep } from './weighted';

/** Numbers of a line of the cache. */
const LINE = 8;

/** Steps that several columns of a matrix rest on, each there once. */
export class MatrixGraph {
  private readonly shared = new Map<string, readonly Series[]>();
  private readonly ids = new Map<Series, number>();
  private readonly steps: Step[] = [];
  private readonly sources = new Map<Float64Array, Series>();

  source(column: Float64Array): Series {
    let series = this.sources.get(column);
    if (series === undefined) {
      series = this.name({ values: new Float64Array(0), shift: 0, keep: 0, level: 0 });
      this.sources.set(column, series);
    }
    return series;
  }

  /** Element by element of the columns it reads. */
  formula(key: string, reads: readonly Series[], formula: Formula): Series {
    for (const [place, back] of formula.operands ?? []) keepBars(reads[place], back);
    return this.once(key, reads, 1, ([out]) => new FormulaStep(formula, reads, out))[0];
  }

  exponential(x: Series, seed: number, alpha: number, skip = 0): Series {
    const key = `exponential ${seed} ${alpha} ${skip}`;
    return this.once(key, [x], 1, ([out]) => new ExponentialStep(x, out, seed, alpha, skip))[0];
  }

  averageIndex(index: Series, window: number): Series {
    return this.once(
      `average ${window}`,
      [index],
      1,
      ([out]) => new AverageIndexStep(index, out, window, 1 / window),
    )[0];
  }

  mean(x: Series, window: number): Series {
    return this.once(`mean ${window}`, [x], 1, ([out]) => new RollingMeanStep(x, out, window))[0];
  }

  /** Mean and sum of squared deviations. */
  moments(x: Series, window: number): readonly Series[] {
    return this.once(`moments ${window}`, [x], 2, ([mean, m2]) => new RollingMomentsStep(x, mean, m2, window));
  }

  /** Highest (1) or lowest (-1) of a column of the caller's. */
  extreme(x: Series, window: number, sign: 1 | -1): Series {
    return this.once(`extreme ${sign} ${window}`, [x], 1, ([out]) => new RollingExtremeStep(x, out, window, sign))[0];
  }

  /** Sum, weighted sum, number of equal newest values of a column of the caller's. */
  weighted(x: Series, window: number): readonly Series[] {
    return this.once(`weighted ${window}`, [x], 3, ([a, b, c]) => new WeightedSumStep(x, a, b, c, window));
  }

  /** Wilder's sums of +DM and -DM. */
  directional(high: Series, low: Series, window: number): readonly Series[] {
    const moves = [
      this.formula('rise of high', [high, low], riseOfHigh),
      this.formula('fall of low', [high, low], fallOfLow),
    ];
    return moves.map((move) => this.wilderSum(move, window));
  }

  wilderSum(x: Series, window: number): Series {
    return this.once(`wilder ${window}`, [x], 1, ([out]) => new WilderSumStep(x, out, window))[0];
  }

  onBalance(close: Series, volume: Series): Series {
    return this.runningSum(this.formula('signed volume', [close, volume], signedVolume));
  }

  accumulation(prices: readonly Series[]): Series {
    return this.runningSum(this.formula('money flow', prices, moneyFlow));
  }

  private runningSum(x: Series): Series {
    return this.once('sum', [x], 1, ([out]) => new RunningSumStep(x, out))[0];
  }

  /** Computes all bars, tile by tile, and writes to the columns given for some of the series. */
  run(n: number, results: ReadonlyMap<Series, readonly Float64Array[]>, memoryOf = tileMemory): void {
    const between = [...this.shared.values()].flat();
    const sources = [...this.sources].map(([column, series]) => ({ column, series }));
    const all = [...between, ...sources.map(({ series }) => series)];
    // whole lines of the cache, so that tiles begin at one
    for (const series of all) series.keep = LINE * Math.ceil(series.keep / LINE);
    const order = this.order();
    const lengths = [
      ...all.map(({ keep }) => keep + TILE_BARS + SLACK),
      ...order.map(({ stateLength }) => stateLength),
    ];
    const memory = memoryOf(
      lengths.reduce((sum, length) => sum + length, 0),
      lengths.length,
    );
    all.forEach((series, k) => (series.values = memory.allocate(lengths[k])));
    order.forEach((step) => step.begin(memory.allocate(step.stateLength).fill(0), memory.kernels));
    for (let from = 0; from < n; from += TILE_BARS) {
      const to = Math.min(n, from + TILE_BARS);
      for (const series of between) {
        if (series.keep > 0) series.values.copyWithin(0, TILE_BARS, TILE_BARS + series.keep);
        series.shift = series.keep - from;
      }
      for (const { column, series } of sources) {
        series.shift = series.keep - from;
        const first = Math.max(0, from - series.keep);
        series.values.set(column.subarray(first, to), first + series.shift);
      }
      for (const step of order) step.run(from, to);
      for (const [{ values, keep }, columns] of results) {
        const tile = values.subarray(keep, keep + to - from);
        for (const column of columns) column.set(tile, from);
      }
    }
  }

  /** Steps by level, the recursions of each together. */
  private order(): Step[] {
    const levels: Step[][] = [];
    for (const step of this.steps) (levels[step.writes[0].level] ??= []).push(step);
    return levels.flatMap((steps) => {
      const means = steps.filter((step) => step instanceof ExponentialStep);
      const sums = steps.filter((step) => step instanceof WilderSumStep);
      const others = steps.filter((step) => !(step instanceof ExponentialStep || step instanceof WilderSumStep));
      if (means.length > 0) others.push(new ExponentialGroup(means));
      if (sums.length > 0) others.push(new WilderSumGroup(sums));
      return others;
    });
  }

  private once(
    key: string,
    reads: readonly Series[],
    count: number,
    make: (writes: readonly Series[]) => Step,
  ): readonly Series[] {
    const identity = `${key} of ${reads.map((series) => this.ids.get(series)).join(' ')}`;
    let writes = this.shared.get(identity);
    if (writes === undefined) {
      const level = 1 + Math.max(...reads.map((series) => series.level));
      writes = Array.from({ length: count }, () =>
        this.name({ values: new Float64Array(0), shift: 0, keep: 0, level }),
      );
      this.shared.set(identity, writes);
      this.steps.push(make(writes));
    }
    return writes;
  }

  private name(series: Series): Series {
    this.ids.set(series, this.ids.size);
    return series;
  }
}
