import type { Timeframe, FetchBarsPayload } from '@assay/contracts';
import { marketOf } from '@assay/market-data';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import type { ImportedBarsDto } from '../data.response';
import { endOfRange, startOfRange } from '../time-range';
import { BarImports } from './bar-imports';

@JobHandler('data.import')
@Injectable()
export class ImportBars implements JobRunner<FetchBarsPayload, ImportedBarsDto> {
  constructor(private readonly imports: BarImports) {}

  /** Closed bars of an exchange; the unclosed last one is left out. */
  async run(ctx: JobContext<FetchBarsPayload>): Promise<ImportedBarsDto> {
    const { exchange, source, symbol, timeframe, market, start, end, may_correct: correct = false } = ctx.payload;
    // ccxt takes most of a second to load: only the job that needs it pays
    const { fetchClosedBars } = await import('@assay/market-data/feeds');
    const fetched = await fetchClosedBars({
      exchange,
      symbol,
      timeframe: timeframe as Timeframe,
      fromMs: startOfRange('start', start),
      toMs: endOfRange('end', end) + 1,
      nowMs: Date.now(),
      signal: ctx.signal,
      onProgress: (fraction) => ctx.progress(0.8 * fraction),
    });
    return this.imports.storeFetched({ ...fetched, source }, marketOf(market)!, correct);
  }
}
