import type { Quote } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import type { Quotes, PlacedOrder, Tape } from './quotes';
import type { Binding, Holding } from '../records/deployments/deployment.store';
import { SeriesMarket } from './series-market';
import type { SeriesStore } from './series-store';
import { sharesHeld } from './unknown-splits';

/**
 * The market of a paper account that several deployments trade on, whichever of them looks: an order is filled on the series of the
 * deployment that sent it, and a position is worth what the series of a deployment that trades its symbol says.
 */
export class AccountMarket implements Quotes {
  private readonly own: SeriesMarket;
  /** Of the symbols that were found, for the one job this lives for; one that was not may be traded by the next look. */
  private readonly held = new Map<string, Binding>();

  constructor(
    private readonly series: SeriesStore,
    private readonly accountId: string,
    private readonly binding: Binding,
    private readonly tape: Tape | null = null,
  ) {
    this.own = this.on(binding);
  }

  async firstAfter(order: PlacedOrder, acceptedAtMs: number, nowMs: number): Promise<Quote | null> {
    const sender = await this.series.senderOf(order.clientOrderId);
    const taped = this.tape?.priceIn(order.symbol, acceptedAtMs, nowMs) ?? null;
    const quote = taped ?? (await (sender ? this.on(sender) : this.own).firstAfter(order, acceptedAtMs, nowMs));
    return quote && this.inHeld(quote, await this.series.holdingsOfSender(order.clientOrderId));
  }

  async worth(symbol: string, nowMs: number): Promise<Quote | null> {
    const quote = await this.last(symbol, nowMs);
    return quote && this.inHeld(quote, await this.series.holdings(this.accountId, symbol));
  }

  /** The book counts shares as they were bought: one of before a split is sold as what it has become. */
  private async inHeld(quote: Quote, holdings: readonly Holding[]): Promise<Quote> {
    const ratio = await sharesHeld(this.series, holdings, quote.atMs);
    return { ...quote, price: ratio.times(quote.price).toFixed() };
  }

  async last(symbol: string, nowMs: number): Promise<Quote | null> {
    if (symbol === this.binding.ticker) return this.own.last(symbol, nowMs);
    const binding = this.held.get(symbol) ?? (await this.series.traderOf(this.accountId, symbol));
    if (!binding) return null;
    this.held.set(symbol, binding);
    return this.on(binding).last(symbol, nowMs);
  }

  private on(binding: Binding): SeriesMarket {
    return new SeriesMarket(this.series, binding, calendarFor(binding.market));
  }
}
