import type { Quote } from '@assay/domain';
import type { Tape } from '../bars/quotes';

/** The one price between open and close that a replayed bar is known to have reached. */
export class BarTape implements Tape {
  private shown: Quote | null = null;

  constructor(private readonly symbol: string) {}

  show(quote: Quote): void {
    this.shown = quote;
  }

  priceIn(symbol: string, fromMs: number, toMs: number): Quote | null {
    const { shown } = this;
    return shown && symbol === this.symbol && shown.atMs >= fromMs && shown.atMs <= toMs ? shown : null;
  }
}
