import type { Quote } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Injectable } from '@nestjs/common';
import type { Binding } from '../records/deployments/deployment.store';
import { SeriesMarket } from './series-market';
import { SeriesStore } from './series-store';
import { sharesAfter, unknownSplits, type LastDecided } from './unknown-splits';

/** What symbols are worth by the stored bars of the deployments that trade them, and when they next are worth something. */
@Injectable()
export class LastPrices {
  constructor(private readonly series: SeriesStore) {}

  /** Newest open or close that the instant could have seen; null without one. */
  of(binding: Binding, nowMs: number): Promise<Quote | null> {
    return this.market(binding).last(binding.ticker, nowMs);
  }

  /** As `of`, the bars of a finer series of the same source included. */
  newest(binding: Binding, nowMs: number): Promise<Quote | null> {
    return this.market(binding).newest(binding.ticker, nowMs);
  }

  /** When the next stored bar opens, at the instant or later; null where the stored bars end before. */
  nextOpenMs(binding: Binding, fromMs: number): Promise<number | null> {
    return this.market(binding).nextOpenMs(fromMs);
  }

  /** What a share that the deployment holds is worth then: one of before a split that its ledger does not know is several of today's. */
  async worth(binding: Binding, state: LastDecided | null, nowMs: number): Promise<Quote | null> {
    const quote = await this.of(binding, nowMs);
    if (!quote || !state) return quote;
    const ratio = sharesAfter(await unknownSplits(this.series, binding, state, quote.atMs));
    return { ...quote, price: ratio.times(quote.price).toFixed() };
  }

  private market(binding: Binding): SeriesMarket {
    return new SeriesMarket(this.series, binding, calendarFor(binding.market));
  }
}
