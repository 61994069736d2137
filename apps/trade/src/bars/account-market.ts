import { calendarFor } from '@assay/market-data/calendars';
import type { Quotes, PlacedOrder, Quote } from './quotes';
import type { Binding } from '../records/deployments/deployment.store';
import { SeriesMarket } from './series-market';
import type { SeriesStore } from './series-store';

/**
 * The market of a paper account that several deployments trade on, whichever of them looks: an order is filled on the series of the
 * deployment that sent it, and a position is worth what the series of a deployment that trades its symbol says.
 */
export class AccountMarket implements Quotes {
  private readonly own: SeriesMarket;
  private readonly held = new Map<string, Promise<Binding | null>>();

  constructor(
    private readonly series: SeriesStore,
    private readonly accountId: string,
    private readonly binding: Binding,
  ) {
    this.own = this.on(binding);
  }

  async firstAfter(order: PlacedOrder, acceptedAtMs: number, nowMs: number): Promise<Quote | null> {
    const sender = await this.series.senderOf(order.clientOrderId);
    return (sender ? this.on(sender) : this.own).firstAfter(order, acceptedAtMs, nowMs);
  }

  async last(symbol: string, nowMs: number): Promise<Quote | null> {
    if (symbol === this.binding.ticker) return this.own.last(symbol, nowMs);
    const known = this.held.get(symbol) ?? this.series.traderOf(this.accountId, symbol);
    this.held.set(symbol, known);
    const binding = await known;
    return binding && this.on(binding).last(symbol, nowMs);
  }

  private on(binding: Binding): SeriesMarket {
    return new SeriesMarket(this.series, binding, calendarFor(binding.market));
  }
}
