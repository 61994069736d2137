import { WilderSumStep } from './directional';
import { AverageIndexStep, ExponentialStep } from './exponential';
import { RollingExtremeStep } from './extremes';
import { FormulaStep, type Formula } from './formulas';
import { RollingMeanStep, RollingMomentsStep } from './rolling';
import { tileMemory } from './kernels/matrix-kernels';
import { fallOfLow, moneyFlow, riseOfHigh, signedVolume } from './move-formulas';
import { RunningSumStep } from './running-total';
import { placeSeries } from './placement';
import { scheduled } from './schedule';
import { keepBars, type Series, type Step, TILE_BARS } from './series';
import { WeightedSumStep } from './weighted';

/** Steps that several columns of a matrix rest on, each there once. */
export class MatrixGraph {
  private readonly shared = new Map<string, readonly Series[]>();
  private readonly ids = new Map<Series, number>();
  private readonly steps: Step[] = [];
  private readonly reads = new Map<Series, readonly Series[]>();
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
    const readsOf = (step: Step): Series[] => step.writes.flatMap((series) => this.reads.get(series)!);
    const order = scheduled(this.steps, readsOf);
    const sources = [...this.sources].map(([column, series]) => ({ column, series }));
    placeSeries(
      order,
      order.map(readsOf),
      sources.map(({ series }) => series),
      memoryOf,
    );
    const between = order.flatMap((step) => step.writes);
    const turns = order.map((step) => ({ step, copies: copiesOf(step, results) }));
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
      for (const { step, copies } of turns) {
        step.run(from, to);
        for (const { tile, column } of copies)
          column.set(to - from < TILE_BARS ? tile.subarray(0, to - from) : tile, from);
      }
    }
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
      for (const series of writes) this.reads.set(series, reads);
      this.steps.push(make(writes));
    }
    return writes;
  }

  private name(series: Series): Series {
    this.ids.set(series, this.ids.size);
    return series;
  }
}

interface Copy {
  readonly tile: Float64Array;
  readonly column: Float64Array;
}

/** What of a step's tiles goes to columns of the caller, once it has run: later the arrays may hold something else. */
function copiesOf(step: Step, results: ReadonlyMap<Series, readonly Float64Array[]>): Copy[] {
  return step.writes.flatMap((series) => {
    const tile = series.values.subarray(series.keep, series.keep + TILE_BARS);
    return (results.get(series) ?? []).map((column) => ({ tile, column }));
  });
}
