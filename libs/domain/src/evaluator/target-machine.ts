import type { Sizing } from '@assay/contracts';
import { positionSize } from './position-size';
import type { PositionSize, SizedBar } from './sized-bar';
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
  private readonly size: PositionSize;
  private readonly most: number;
  private readonly onEntryOnly: boolean;

  /**
   * @param lookback leading bars on which no target may stand.
   * @param heardFrom leading bars on which what the logic says counts for nothing.
   */
  constructor(
    sizing: Sizing,
    private readonly lookback: number,
    periodsPerYear: number,
    private readonly heardFrom = 0,
  ) {
    this.size = positionSize(sizing, periodsPerYear);
    this.most = sizing.leverage?.max ?? Infinity;
    this.onEntryOnly = 'rebalance' in sizing && sizing.rebalance === 'entry';
  }

  step(said: number, bar: SizedBar): void {
    const size = this.size.next(bar, said === KEEP || this.bars < this.heardFrom ? NaN : said);
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
    } else if (signal === this.signal && this.onEntryOnly) {
      this.accept(signal, this.weight, kind);
    } else if (size !== size) {
      this.refuse('size_undefined');
    } else {
      // the zero turns a negative zero into a plain one
      this.accept(signal, signal * Math.min(size, this.most) + 0, kind);
    }
  }

  save(): Float64Array {
    const sizing = this.size.save();
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
    this.size.load(state.subarray(3));
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
}
