import type { EngineInput } from '../types';

export const YEAR_MS = 365 * 86_400_000;

/**
 * What holding costs from one bar to the next. Borrow: yearly rate x short notional at the last close x elapsed time / 365
 * days, from open time to open time. Funding: the rate of bar t x notional at its open, paid by longs to shorts and due at that
 * open, so on what was held into the bar; a bar without a rate has none due.
 */
export class Carry {
  /** Of one unit of notional at the last close, held into the bar by `of`. */
  borrow = 0;
  funding = 0;
  private readonly perMs: number;
  private readonly rate: Float64Array | undefined;

  constructor(private readonly input: Omit<EngineInput, 'targets'>) {
    const { borrowBpsPerYear = 0, fundingColumn } = input.costs;
    this.perMs = borrowBpsPerYear / 1e4 / YEAR_MS;
    this.rate = fundingColumn === undefined ? undefined : input.rates![fundingColumn];
  }

  /** Both on a signed notional at the close of bar t - 1, which must be one. */
  of(t: number, notional: number): number {
    const { openTimeMs, open, close } = this.input;
    this.borrow = notional < 0 ? -notional * this.perMs * (openTimeMs[t] - openTimeMs[t - 1]) : 0;
    const due = this.rate === undefined || notional === 0 ? NaN : this.rate[t];
    this.funding = Number.isFinite(due) ? notional * (open![t] / close[t - 1]) * due : 0;
    return this.borrow + this.funding;
  }
}
