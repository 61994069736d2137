import type { UniverseDocument } from '@assay/contracts';
import { concatColumns, type ExitReason, type IndicatorStream } from '@assay/quant';
import type { EvaluatorState, FeatureStream } from '../evaluator';
import type { Bar } from '../ports';
import { Membership, sortedMembers } from './membership';
import { PairsMachine } from './pairs-machine';
import { RankedMachine, type DecisionColumns } from './ranked-machine';
import { TradingDays } from './trading-days';
import { checkParts, volatilityOf, type UniverseParts } from './universe-parts';

/** What one bar decided. */
export interface UniverseDecision {
  openTimeMs: number;
  /** In the order of `symbols`. */
  weights: Float64Array;
  /** Whether the whole portfolio was decided: fills then trade every symbol to its weight. */
  decided: boolean;
  /** Symbol by number -> why its weight became 0, where no signal said so. */
  exits: ReadonlyMap<number, ExitReason>;
}

/** The evaluator as a stream: the closed bars of one time after the other, its state saved and loaded between them. */
export interface StreamingUniverse {
  /** In the order that every result has them in. */
  readonly symbols: readonly string[];
  /**
   * Takes the bars of one time, null where a symbol has none. Gives null where the market has no session, or no member a
   * bar: such a time is no bar of the universe, and changes nothing.
   */
  update(openTimeMs: number, bars: readonly (Bar | null)[]): UniverseDecision | null;
  save(): EvaluatorState;
  /** Throws RangeError when the state is not one of this document's. */
  load(state: EvaluatorState): void;
}

export const createStreamingUniverse = (document: UniverseDocument, parts: UniverseParts): StreamingUniverse =>
  new Stream(document, parts);

class Stream implements StreamingUniverse {
  readonly symbols: readonly string[];
  private bars = 0;
  private readonly trading: TradingDays;
  private readonly membership: Membership;
  private readonly machine: RankedMachine | PairsMachine;
  /** Of each symbol: its features, and the volatility where weights need one. */
  private readonly features: FeatureStream[][];
  private readonly volatility: IndicatorStream[];
  private readonly columns: DecisionColumns;
  private readonly close: Float64Array;
  private readonly out = new Float64Array(1);

  constructor(document: UniverseDocument, parts: UniverseParts) {
    checkParts(
      document.features.map(({ name }) => name),
      parts,
    );
    const members = sortedMembers(document);
    const { portfolio } = document;
    this.symbols = members.map(({ symbol }) => symbol);
    this.trading = new TradingDays(document.timeframe, parts.calendar);
    this.membership = new Membership(members);
    this.machine =
      portfolio.kind === 'ranked' ? new RankedMachine(document, portfolio) : new PairsMachine(document, portfolio);
    this.features = members.map(() => parts.features.map((feature) => feature.stream()));
    const volatility = volatilityOf(portfolio);
    this.volatility = volatility ? members.map(() => volatility.indicator.stream(volatility.params)) : [];
    const column = (): Float64Array => new Float64Array(members.length);
    this.columns = { features: parts.features.map(column), volatilities: column() };
    this.close = column();
  }

  update(openTimeMs: number, bars: readonly (Bar | null)[]): UniverseDecision | null {
    if (bars.length !== this.symbols.length)
      throw new RangeError(`bars must be ${this.symbols.length}, one a symbol, were ${bars.length}`);
    const days = this.trading.of(openTimeMs);
    if (days === null) return null;
    const { day, next } = days;
    const closeOf = (bar: Bar | null): number => (bar === null ? NaN : bar.close);
    const isBar = bars.some((bar, i) => !Number.isNaN(closeOf(bar)) && this.membership.has(i, day));
    if (!isBar) return null;
    this.bars += 1;
    bars.forEach((bar, i) => this.take(i, closeOf(bar) === closeOf(bar) ? bar : null));
    const row = { day, next, close: this.close };
    if (this.machine instanceof RankedMachine)
      this.machine.step(row, this.machine.isDue(day, next) ? this.columns : null);
    else this.machine.step(row);
    const { weights, decided, exits } = this.machine;
    return { openTimeMs, weights: weights.slice(), decided, exits: new Map(exits) };
  }

  save(): EvaluatorState {
    return { version: 1, bars: this.bars, data: concatColumns([Float64Array.of(this.bars), ...this.sections()]) };
  }

  load(state: EvaluatorState): void {
    const lengths = this.sections().map(({ length }) => length);
    const total = lengths.reduce((sum, length) => sum + length, 1);
    if (state.version !== 1) throw new RangeError(`state version must be 1, was ${String(state.version)}`);
    if (state.data.length !== total) throw new RangeError(`state must have ${total} values, had ${state.data.length}`);
    if (state.data[0] !== state.bars) throw new RangeError(`state bars must be ${state.data[0]}, was ${state.bars}`);
    let at = 1;
    const cut = lengths.map((length) => state.data.slice(at, (at += length)));
    this.bars = state.bars;
    let section = 0;
    this.machine.load(cut[section++]);
    for (const streams of [...this.features, this.volatility])
      for (const stream of streams) stream.load(cut[section++]);
  }

  private sections(): Float64Array[] {
    const streams = [...this.features, this.volatility].flat();
    return [this.machine.save(), ...streams.map((stream) => stream.save())];
  }

  /** A symbol without a bar is as if time had stood still for it. */
  private take(i: number, bar: Bar | null): void {
    const { columns } = this;
    this.close[i] = bar === null ? NaN : bar.close;
    this.features[i].forEach((stream, f) => {
      columns.features[f][i] = bar === null ? NaN : stream.update(bar);
    });
    if (this.volatility.length === 0) return;
    if (bar === null) this.out[0] = NaN;
    else this.volatility[i].update(Float64Array.of(bar.close), this.out);
    columns.volatilities[i] = this.out[0];
  }
}
