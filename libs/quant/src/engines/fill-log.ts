import type { ExitReason } from './exit-reason';
import type { ProtectiveReason } from './protection/types';

/** Why a position changed; `signal` is a plain change of the target. */
export type FillReason = 'signal' | 'ruin' | 'stop' | 'limit' | 'stop_limit' | 'market' | ExitReason | ProtectiveReason;

/** Takes executed fills, in time order. `units` is the signed change of the position, `within` a fill between open and close. */
export interface FillSink {
  push(index: number, price: number, units: number, fee: number, reason: FillReason, within?: boolean): void;
}

/** Growing columns of executed fills. */
export class FillLog implements FillSink {
  readonly index: number[] = [];
  readonly price: number[] = [];
  readonly units: number[] = [];
  readonly fee: number[] = [];
  readonly reason: FillReason[] = [];
  readonly within: boolean[] = [];

  get length(): number {
    return this.index.length;
  }

  push(index: number, price: number, units: number, fee: number, reason: FillReason, within = false): void {
    this.index.push(index);
    this.price.push(price);
    this.units.push(units);
    this.fee.push(fee);
    this.reason.push(reason);
    this.within.push(within);
  }
}

/** For runs whose fills nobody reads. */
export const unreadFills: FillSink = { push: () => undefined };
