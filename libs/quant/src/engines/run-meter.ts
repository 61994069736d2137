import type { AccountCharges } from './account';
import { weightOrders } from './charged-weight-path';
import { Carry, forgetBar, newCostColumns, noteCarry, noteOrder, OrderCosts } from './costs';
import { MarginWatch } from './margin';
import type { CostColumns, EngineInput } from './types';

/** Everything that a book is charged beyond a share of its notional, and its margin; what it costs is noted by kind. */
export class RunMeter implements AccountCharges {
  readonly columns: CostColumns;
  readonly margin: MarginWatch | undefined;
  private readonly orders: OrderCosts;
  private readonly carry: Carry;
  /** Of a unit of the book as a fraction of the starting equity. */
  private readonly worth: number;

  constructor(input: EngineInput) {
    const inCurrency = input.mode === 'fixed_qty';
    this.orders = new OrderCosts(input, inCurrency ? 1 : (input.capital ?? 1));
    this.worth = inCurrency ? 1 / (input.capital as number) : 1;
    this.carry = new Carry(input);
    this.columns = newCostColumns(input);
    this.margin = input.margin && new MarginWatch(input.margin);
  }

  get perShare(): number {
    return this.orders.perShare;
  }

  order(t: number, units: number, price: number): number {
    const cost = this.orders.of(t, units, price);
    noteOrder(this.columns, t, this.orders, this.worth);
    return cost;
  }

  /** Of going from weight to weight. */
  weights(t: number, change: readonly [number, number], equity: number, price: number): number {
    return weightOrders(this.orders, t, change, equity, price, () =>
      noteOrder(this.columns, t, this.orders, this.worth),
    );
  }

  /** Of what was held into bar t. @param notional signed, at the last close */
  hold(t: number, notional: number): number {
    const cost = this.carry.of(t, notional);
    noteCarry(this.columns, t, this.carry, this.worth);
    return cost;
  }

  forget(t: number): void {
    forgetBar(this.columns, t);
  }
}
