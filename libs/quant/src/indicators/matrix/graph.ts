import { DirectionalStep, RangeSumStep } from './directional';
import { AverageIndexStep, ExponentialGroup, ExponentialStep } from './exponential';
import { RollingExtremeStep } from './extremes';
import { FormulaStep, type Formula } from './formulas';
import { RollingMeanStep, RollingMomentsStep } from './rolling';
import { AccumulationStep, OnBalanceStep } from './running-total';
import { type Series, type Step, TILE_BARS } from './series';
import { WeightedSumStep } from './weighted';

/** Steps that several columns of a matrix rest on, each there once. */
export class MatrixGraph {
  private readonly shared = new Map<string, readonly Series[]>();
  private readonly ids = new Map<Series, number>();
  private readonly steps: Step[] = [];
  private readonly sources = new Map<Float64Array, Series>();

  source(column: Float64Array): Series {
    let series = this.sources.get(column);
    if (series === undefined) {
      series = this.name({ values: column, shift: 0, keep: 0, level: 0 });
      this.sources.set(column, series);
    }
    return series;
  }

  /** Element by element of the columns it reads and up to `back` bars before. */
  formula(key: string, reads: readonly Series[], formula: Formula, back = 0): Series {
    for (const series of reads) series.keep = Math.max(series.keep, back);
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
    high.keep = Math.max(high.keep, 1);
    return this.once(`directional ${window}`, [high, low], 2, ([a, b]) => new DirectionalStep(high, low, a, b, window));
  }

  rangeSum(range: Series, window: number): Series {
    return this.once(`range ${window}`, [range], 1, ([out]) => new RangeSumStep(range, out, window))[0];
  }

  onBalance(close: Series, volume: Series): Series {
    return this.once('on balance', [close, volume], 1, ([out]) => new OnBalanceStep(close, volume, out))[0];
  }

  accumulation(prices: readonly Series[]): Series {
    const [high, low, close, volume] = prices;
    return this.once('accumulation', prices, 1, ([out]) => new AccumulationStep(high, low, close, volume, out))[0];
  }

  /** Computes all bars. Columns of the result are those whose `values` were set before; the others last for a tile. */
  run(n: number): void {
    const between = [...this.shared.values()].flat().filter(({ values }) => values.length === 0);
    for (const series of between) series.values = new Float64Array(series.keep + TILE_BARS);
    const order = this.order();
    for (let from = 0; from < n; from += TILE_BARS) {
      const to = Math.min(n, from + TILE_BARS);
      for (const series of between) {
        if (series.keep > 0) series.values.copyWithin(0, TILE_BARS);
        series.shift = series.keep - from;
      }
      for (const step of order) step.run(from, to);
    }
  }

  /** Steps by level, the exponential means of each together. */
  private order(): Step[] {
    const levels: Step[][] = [];
    for (const step of this.steps) (levels[step.writes[0].level] ??= []).push(step);
    return levels.flatMap((steps) => {
      const means = steps.filter((step) => step instanceof ExponentialStep);
      const others = steps.filter((step) => !(step instanceof ExponentialStep));
      return means.length > 0 ? [...others, new ExponentialGroup(means)] : others;
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
