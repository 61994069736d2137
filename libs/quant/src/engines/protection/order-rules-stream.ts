import { indicators, type IndicatorStream } from '../../indicators';
import { concatColumns } from '../../series';
import { atrWindows } from './order-rules';
import { PositionRules } from './position-rules';
import type { OrderRules } from './types';

/** `PositionRules` with the average true ranges that they measure in, bar by bar; the state is saved and loaded exactly. */
export class OrderRulesStream {
  readonly position: PositionRules;
  private readonly streams: readonly IndicatorStream[];
  private readonly ranges: Float64Array;
  private readonly prices = new Float64Array(3);
  private readonly range = new Float64Array(1);

  constructor(rules: OrderRules, fillsAtClose: boolean) {
    this.position = new PositionRules(rules, fillsAtClose);
    const windows = atrWindows(rules);
    this.streams = windows.map((window) => indicators.get('atr')!.stream({ window }));
    this.ranges = new Float64Array(windows.length);
  }

  step(open: number, high: number, low: number, close: number, wanted: number): void {
    const { prices, range } = this;
    prices[0] = high;
    prices[1] = low;
    prices[2] = close;
    for (let k = 0; k < this.streams.length; k++) {
      this.streams[k].update(prices, range);
      this.ranges[k] = range[0];
    }
    this.position.step(open, high, low, close, wanted, this.ranges);
  }

  save(): Float64Array {
    return concatColumns([this.position.save(), ...this.streams.map((stream) => stream.save())]);
  }

  load(state: Float64Array): void {
    const own = this.position.save().length;
    this.position.load(state.subarray(0, own));
    let at = own;
    for (const stream of this.streams) {
      const { length } = stream.save();
      stream.load(state.subarray(at, at + length));
      at += length;
    }
  }
}
