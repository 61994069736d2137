/** Why a position changed; `signal` is a plain change of the target. */
export type FillReason =
  'signal' | 'ruin' | 'stop' | 'trailing_stop' | 'take_profit' | 'limit' | 'stop_limit' | 'market';

/** Growing columns of executed fills, in time order. `units` is the signed change of the position. */
export class FillLog {
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
