import type { AlphaColumn } from './alpha-column';
import type { Companion, Companions, UnitRows, WeightLevel } from './exceedances/unit-rows';
import type { LedgerAxis } from './ledger-axis';

/** The columns of a trial that take part in the maximum. */
export interface TrialColumns {
  readonly raw: AlphaColumn | null;
  readonly scaled: AlphaColumn | null;
  /** Whether its benchmark is the candidate's: then weights of bars are the same. */
  readonly isOfMarket: boolean;
}

/**
 * A level ends where weights are larger than its first one by this share, or by more where there would be too many. Below the threshold
 * many products are near it, and levels that are narrower leave fewer of them open.
 */
const LEVEL_SPREAD = { wide: 0.05, narrow: 0.02, threshold: 3 } as const;
const MOST_LEVELS = 128;
/** Stretches of bars that are told apart. */
const MOST_STRETCHES = 256;
/** What a scaled column can differ by from what is made of the raw one, per unit of a draw's length: more would leave too much open. */
const MOST_SPREAD_ERROR = 0.05;
/** Terms that are larger, in columns of length 1, cancel each other: too little would be left of single precision. */
const MOST_TERM = 1000;

/**
 * Rows of the bars' test: raw columns, with scaled ones beside them where these can be made of the products of the raw ones, since a
 * scaled return is a raw one over the volatility of its bar, which is nearly the same at many bars. The other scaled ones come last.
 * @param threshold that the products are held against
 */
export function barRows(trials: readonly TrialColumns[], axis: LedgerAxis, threshold: number): UnitRows {
  const spread = threshold < LEVEL_SPREAD.threshold ? LEVEL_SPREAD.narrow : LEVEL_SPREAD.wide;
  const market = new MarketWeights(trials, axis, spread);
  const paired: PairedColumn[] = [];
  const alone: AlphaColumn[] = [];
  for (const { raw, scaled, isOfMarket } of trials) {
    const companion = raw && scaled && isOfMarket ? market.companionOf(raw, scaled) : null;
    if (raw) paired.push({ raw, scaled, companion });
    if (scaled && companion === null) alone.push(scaled);
  }
  paired.sort((a, b) => (a.companion?.terms ?? -1) - (b.companion?.terms ?? -1));
  const columns = [...paired.map(({ raw }) => raw), ...alone];
  return {
    ...{ count: columns.length, length: axis.bars, guarded: paired.length },
    write: (row, into) => columns[row].writeBars(into),
    product: (row, draw) => columns[row].barProduct(draw),
    ...(paired.some(({ companion }) => companion !== null) ? { companions: market.companions(paired) } : {}),
  };
}

interface PairedColumn {
  readonly raw: AlphaColumn;
  readonly scaled: AlphaColumn | null;
  readonly companion: Companion | null;
}

/** One over the volatility at each bar of the candidate's benchmark, in levels, and the stretches of bars that trials have. */
class MarketWeights {
  /** By the place of the bar. */
  private readonly weights: Float64Array;
  /** The same by time, and the benchmark in units of its volatility. */
  private readonly weightAt: Float64Array;
  private readonly moveAt: Float64Array;
  private readonly order: Int32Array;
  private readonly levels: WeightLevel[] = [];
  /** Largest distance of a weight from its level's, as a share of it. */
  private spread = 0;
  private readonly stretches: { from: number; bars: number }[] = [];
  private readonly lengths: [number, number, number][] = [];
  /** Where stretches begin and end, ascending. */
  private ends: number[] = [];
  /** Sums of the three kinds before a bar at which one begins or ends. */
  private readonly sumsAt: Float64Array;

  constructor(
    trials: readonly TrialColumns[],
    private readonly axis: LedgerAxis,
    levelSpread: number,
  ) {
    this.weights = new Float64Array(axis.bars);
    const moves = new Float64Array(axis.bars);
    const markets = new Set(trials.flatMap(({ scaled, isOfMarket }) => (isOfMarket && scaled ? scaled.market : [])));
    for (const { places, sigma, returns } of markets) {
      for (let t = 0; t < returns.length; t++) {
        this.weights[places.bars[t]] = 1 / sigma![t];
        moves[places.bars[t]] = returns[t];
      }
    }
    this.weightAt = Float64Array.from(axis.barPlaces, (place) => this.weights[place]);
    this.moveAt = Float64Array.from(axis.barPlaces, (place) => moves[place]);
    this.sumsAt = new Float64Array(3 * (axis.bars + 1));
    this.order = Int32Array.from(this.weights.keys()).sort((i, j) => this.weights[i] - this.weights[j]);
    this.findLevels(levelSpread);
  }

  /** Null where a scaled column is too far from what is made of the raw one. */
  companionOf(raw: AlphaColumn, scaled: AlphaColumn): Companion | null {
    const { from, bars } = raw.market.places;
    const { gain, factors } = raw.asScaled(scaled);
    if (from === null || !(gain * raw.weightedLength(this.weights) * this.spread <= MOST_SPREAD_ERROR)) return null;
    const terms = this.termsOf(from, bars.length);
    if (terms < 0 || !factors.every((factor, i) => Math.abs(factor) * this.lengths[terms][i] <= MOST_TERM)) return null;
    return { gain, terms, factors };
  }

  companions(paired: readonly PairedColumn[]): Companions {
    const { weights, order, levels, lengths: terms } = this;
    return {
      ...{ weights, order, levels, terms },
      writeSums: (draw, into) => this.writeSums(draw, into),
      of: (row) => paired[row]?.companion ?? null,
      write: (row, into) => paired[row].scaled!.writeBars(into),
      product: (row, draw) => paired[row].scaled!.barProduct(draw),
    };
  }

  private findLevels(levelSpread: number): void {
    const { weights, order } = this;
    const n = order.length;
    // places without a bar of the benchmark have no weight, and stand first
    const first = order.findIndex((place) => weights[place] > 0);
    if (first < 0) {
      this.levels.push({ count: n, weight: 0 });
      return;
    }
    const range = weights[order[n - 1]] / weights[order[first]];
    const spread = Math.max(levelSpread, range ** (1 / MOST_LEVELS) - 1);
    for (let from = 0; from < n;) {
      const lowest = weights[order[Math.max(from, first)]];
      let to = Math.max(from, first) + 1;
      while (to < n && weights[order[to]] <= lowest * (1 + spread)) to++;
      const weight = (lowest + weights[order[to - 1]]) / 2;
      this.levels.push({ count: to - from, weight });
      this.spread = Math.max(this.spread, weight / lowest - 1);
      from = to;
    }
  }

  /** Number of a stretch; -1 where there are too many. */
  private termsOf(from: number, bars: number): number {
    const known = this.stretches.findIndex((one) => one.from === from && one.bars === bars);
    if (known >= 0 || this.stretches.length === MOST_STRETCHES) return known;
    let [weights, moves] = [0, 0];
    for (let position = from; position < from + bars; position++) {
      weights += this.weightAt[position] ** 2;
      moves += this.moveAt[position] ** 2;
    }
    this.ends = [...new Set([...this.ends, from, from + bars])].sort((a, b) => a - b);
    this.lengths.push([Math.sqrt(weights), Math.sqrt(moves), Math.sqrt(bars)]);
    return this.stretches.push({ from, bars }) - 1;
  }

  /** Of weight x draw, of move x draw and of the draw over each stretch. */
  private writeSums(draw: Float64Array, into: Float64Array): void {
    const { weightAt, moveAt, sumsAt, stretches } = this;
    const { barPlaces } = this.axis;
    let [ofWeights, ofMoves, ofDraws, position] = [0, 0, 0, 0];
    for (const end of this.ends) {
      for (; position < end; position++) {
        const number = draw[barPlaces[position]];
        ofWeights += weightAt[position] * number;
        ofMoves += moveAt[position] * number;
        ofDraws += number;
      }
      sumsAt[3 * end] = ofWeights;
      sumsAt[3 * end + 1] = ofMoves;
      sumsAt[3 * end + 2] = ofDraws;
    }
    stretches.forEach(({ from, bars }, i) => {
      for (let kind = 0; kind < 3; kind++)
        into[3 * i + kind] = sumsAt[3 * (from + bars) + kind] - sumsAt[3 * from + kind];
    });
  }
}
