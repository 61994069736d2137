import type { Timeframe } from '@assay/contracts';
import type { BarColumns } from './bars';

export interface SourceQuery {
  /** As the source writes it. */
  symbol: string;
  timeframe: Timeframe;
  /** Bars that open in [fromMs, toMs), UTC milliseconds. */
  fromMs: number;
  toMs: number;
  signal?: AbortSignal;
}

/** Where bars come from: an exchange, a vendor, files. */
export interface MarketDataSource {
  /**
   * Closed bars in the asked range, oldest first, each once, piece by piece; an empty piece says that the source was asked and has none
   * there. Throws a DomainError that says in words what the source refused or could not be asked.
   */
  getBars(query: SourceQuery): AsyncIterable<BarColumns>;
  /** Of a source that has no news without a change: what it is now. While the answer is the same, nothing is asked. */
  revision?(query: Pick<SourceQuery, 'symbol' | 'timeframe'>): Promise<string>;
}
