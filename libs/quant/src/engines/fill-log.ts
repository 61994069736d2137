import type { ExitReason } from './exit-reason';

/** Why a position changed; `signal` is a plain change of the target. */
export type FillReason =
  'signal' | 'ruin' | 'stop' | 'trailing_stop' | 'take_profit' | 'limit' | 'stop_limit' | 'market' | ExitReason;

/** Takes executed fills, in time order. `units` is the signed change of the position. */
export interface FillSink {
  push(index: number, price: number, units: number, fee: number, reason: FillReason): void;
}

/** Growing columns of executed fills. */
export class FillLog implements FillSink {
  readonly index: number[] = [];
  readonly price: number[] = [];
  readonly units: number[] = [];
  readonly fee: number[] = [];
  readonly reason: FillReason[] = [];

  get length(): number {
    return this.index.length;
  }

  push(index: number, price: number, units: number, fee: number, reason: FillReason): void {
    this.index.push(index);
    this.price.push(price);
    this.units.push(units);
    this.fee.push(fee);
    this.reason.push(reason);
  }
}

/** For runs whose fills nobody reads. */
export const unreadFills: FillSink = { push: () => undefined };
