import { excursions } from '../engines/round-trips';
import { NOTHING_LEFT } from '../engines/weight-path';
import type { PortfolioInput, PortfolioTrade } from './types';

/** The round trip that is being held. */
interface Trip {
  readonly side: number;
  readonly entryIndex: number;
  readonly entryPrice: number;
  gross: number;
  net: number;
  fees: number;
  peak: number;
}

/**
 * Round trips of mode `weight`, symbol by symbol: runs of one sign of the held weight, figures as in `weightRoundTrips`.
 * Without a bar a symbol is closed at the close before; that fill is paid in the bar that it is missing in.
 */
export function portfolioWeightTrips(
  input: PortfolioInput,
  c: number,
  held: Float64Array,
  equity: Float64Array,
): PortfolioTrade[] {
  const n = input.panel.openTimeMs.length;
  let end = 0;
  while (end < n && equity[end] > 0) end++;
  // the bar of ruin is the last that is traded in
  const bars = Math.min(n, end + 1);
  return input.panel.symbols.flatMap((_, i) => new SymbolTrips(input, i, c, held, equity).run(bars, end < n));
}

class SymbolTrips {
  private trip: Trip | undefined;
  private readonly trades: PortfolioTrade[] = [];
  private readonly n: number;
  private readonly first: number;
  private readonly close: Float64Array;
  private readonly fills: Float64Array;
  private readonly atOpen: boolean;

  constructor(
    private readonly input: PortfolioInput,
    private readonly symbol: number,
    private readonly c: number,
    private readonly held: Float64Array,
    private readonly equity: Float64Array,
  ) {
    const { panel, fill } = input;
    this.n = panel.openTimeMs.length;
    this.first = symbol * this.n;
    this.atOpen = fill === 'next_open';
    this.close = panel.close.subarray(this.first, this.first + this.n);
    this.fills = this.atOpen ? (panel.open as Float64Array).subarray(this.first, this.first + this.n) : this.close;
  }

  run(bars: number, isRuined: boolean): PortfolioTrade[] {
    const { held, first, close, fills } = this;
    let before = 0;
    for (let t = 0; t < bars; t++) {
      const now = held[first + t];
      if (before === 0 && now === 0) continue;
      const isThere = close[t] === close[t];
      const price = isThere ? fills[t] : close[t - 1];
      if (this.trip && isThere && !this.grow(before * (price / close[t - 1] - 1))) {
        this.finish(t, price, 'ruin');
        return this.trades;
      }
      if (now !== before) this.fill(before, now, price, t, isThere);
      if (this.trip) {
        this.trip.peak = Math.max(this.trip.peak, Math.abs(now));
        if (this.atOpen) this.grow(now * (close[t] / price - 1));
      }
      before = now;
    }
    if (this.trip && isRuined) this.finish(bars - 1, close[bars - 1], 'ruin');
    else if (this.trip) this.finish(-1, NaN, 'open');
    return this.trades;
  }

  private grow(move: number): boolean {
    const trip = this.trip!;
    trip.gross *= 1 + move;
    trip.net *= 1 + move;
    return 1 + move > NOTHING_LEFT;
  }

  private fill(before: number, now: number, price: number, t: number, isThere: boolean): void {
    const worth = t > 0 ? this.equity[t - 1] : 1;
    if (this.trip && now * before <= 0) {
      this.pay(before, worth);
      const reason = isThere ? this.reasonAt(now, t) : 'no_bars';
      this.finish(isThere ? t : t - 1, price, reason);
    } else if (this.trip) this.pay(now - before, worth);
    if (this.trip || now === 0) return;
    this.trip = { side: Math.sign(now), entryIndex: t, entryPrice: price, gross: 1, net: 1, fees: 0, peak: 0 };
    this.pay(now, worth);
  }

  private reasonAt(now: number, t: number): string {
    if (now !== 0) return 'flip';
    return this.input.exits?.get(this.first + t - (this.atOpen ? 1 : 0)) ?? 'signal';
  }

  private pay(delta: number, worth: number): void {
    const cost = this.c * Math.abs(delta);
    this.trip!.net *= 1 - cost;
    this.trip!.fees += cost * worth;
  }

  private finish(exitIndex: number, exitPrice: number, reason: string): void {
    const { side, entryIndex, entryPrice, gross, net, fees, peak } = this.trip!;
    const moment = this.atOpen ? 'open' : 'close';
    const { mae, mfe } = excursions(
      { close: this.close },
      side > 0,
      entryPrice,
      entryIndex,
      exitIndex,
      exitPrice,
      moment,
    );
    this.trades.push({
      symbol: this.input.panel.symbols[this.symbol],
      side: side > 0 ? 'long' : 'short',
      entryIndex,
      exitIndex,
      entryPrice,
      exitPrice,
      quantity: peak,
      grossReturn: gross - 1,
      netReturn: net - 1,
      fees,
      barsHeld: (exitIndex < 0 ? this.n - 1 : exitIndex) - entryIndex,
      mae,
      mfe,
      reason,
    });
    this.trip = undefined;
  }
}
