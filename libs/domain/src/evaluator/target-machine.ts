import type { Sizing } from '@assay/contracts';
import { indicators, type IndicatorStream } from '@assay/quant';
import type { DecisionKind, NoSignalReason } from './types';

/** What the logic says of a bar before sizing: -1, 0 or 1; `KEEP`; NaN where an input is missing. */
export const KEEP = 2;

/**
 * From what the logic says to the signal and the weight in force. Batch and streaming evaluation both run this one
 * machine bar by bar, so they cannot differ.
 *
 * A weight is signal x size; a signal of 0 needs no size. An undefined size leaves the target in force as it is.
 */
export class TargetMachine {
  signal = NaN;
  weight = 0;
  decision: DecisionKind = 'no_signal';
  reason: NoSignalReason | null = null;
  /** Bars taken so far. */
  bars = 0;
  private readonly volatility: IndicatorStream | null;
  private readonly close = new Float64Array(1);
  private readonly annualised = new Float64Array(1);

  /** @param lookback leading bars on which no target may stand. */
  constructor(
    private readonly sizing: Sizing,
    private readonly lookback: number,
    periodsPerYear: number,
  ) {
    this.volatility = volatilityStream(sizing, periodsPerYear);
  }

  step(said: number, close: number): void {
    const size = this.sizeAt(close);
    const warm = this.bars >= this.lookback;
    this.bars += 1;
    if (!warm || said !== said) {
      this.refuse('insufficient_data');
      return;
    }
    const signal = said === KEEP ? this.signal : said;
    const kind = said === KEEP ? 'keep' : 'target';
    if (signal === 0 || signal !== signal) {
      this.accept(signal, 0, kind);
    } else if (signal === this.signal && this.resizesOnEntryOnly()) {
      this.accept(signal, this.weight, kind);
    } else if (size !== size) {
      this.refuse('size_undefined');
    } else {
      this.accept(signal, signal * size, kind);
    }
  }

  save(): Float64Array {
    const sizing = this.volatility?.save() ?? new Float64Array(0);
    const state = new Float64Array(3 + sizing.length);
    state[0] = this.bars;
    state[1] = this.signal;
    state[2] = this.weight;
    state.set(sizing, 3);
    return state;
  }

  load(state: Float64Array): void {
    this.bars = state[0];
    this.signal = state[1];
    this.weight = state[2];
    this.volatility?.load(state.subarray(3));
  }

  private accept(signal: number, weight: number, decision: DecisionKind): void {
    this.signal = signal;
    this.weight = weight;
    this.decision = decision;
    this.reason = null;
  }

  private refuse(reason: NoSignalReason): void {
    this.decision = 'no_signal';
    this.reason = reason;
  }

  private resizesOnEntryOnly(): boolean {
    return this.sizing.kind === 'volatility_target' && this.sizing.rebalance === 'entry';
  }

  private sizeAt(close: number): number {
    if (this.sizing.kind === 'fixed' || !this.volatility) return 1;
    this.close[0] = close;
    this.volatility.update(this.close, this.annualised);
    const volatility = this.annualised[0];
    // a motionless market has volatility 0 and the size of the cap
    return volatility !== volatility ? NaN : Math.min(this.sizing.cap, this.sizing.annual / volatility);
  }
}

/** Leading bars without a size. */
export function sizingLookback(sizing: Sizing): number {
  return sizing.kind === 'volatility_target' ? sizing.window : 0;
}

function volatilityStream(sizing: Sizing, periodsPerYear: number): IndicatorStream | null {
  if (sizing.kind === 'fixed') return null;
  const indicator = indicators.get('realised_volatility');
  if (!indicator) throw new Error('the indicator realised_volatility is missing');
  return indicator.stream({ window: sizing.window, periods_per_year: periodsPerYear });
}
