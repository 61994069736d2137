import type { BarColumns } from '@assay/domain';
import type { Adjustment, BarRange, Series } from '@assay/market-data';
import { Turns } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { MarketData } from './market-data';

const READS_AT_A_TIME = 2;

export interface PiecesOf extends BarRange {
  adjustment: Adjustment;
  /** Bars in a piece. */
  rows: number;
}

/** Stored bars in pieces, each read when the one before was taken. */
@Injectable()
export class BarPieces {
  private readonly reads = new Turns(READS_AT_A_TIME);

  constructor(private readonly market: MarketData) {}

  async *of(series: Series, { rows, fromMs, most = Infinity, ...range }: PiecesOf): AsyncGenerator<BarColumns> {
    let [from, left] = [fromMs, most];
    while (left > 0) {
      const wanted = { ...range, fromMs: from, most: Math.min(left, rows) };
      // However many readers there are, the database and the loop serve few of them at a time.
      const bars = await this.reads.take(() => this.market.store.barsOf(series, wanted));
      const count = bars.openTimeMs.length;
      if (count > 0) yield bars;
      if (count < wanted.most) return;
      left -= count;
      from = bars.openTimeMs[count - 1]! + 1;
    }
  }
}
