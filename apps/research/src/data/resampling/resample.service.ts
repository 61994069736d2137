import type { Timeframe } from '@assay/contracts';
import { priceBasis } from '@assay/market-data';
import type { Principal } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { derivedSource, originOf } from '../derived-series';
import { BarImports } from '../imports/bar-imports';
import { MarketData } from '../market-data';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import type { ResampleDto } from './resample.request';
import type { ResampledBarsDto } from './resample.response';

/** Stored bars put together to longer ones, which are stored as a series of their own. */
@Injectable()
export class ResampleService {
  constructor(
    private readonly imports: BarImports,
    private readonly market: MarketData,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError `not_found`, `validation_failed` as `resampleBars` */
  async resample(owner: Principal, body: ResampleDto): Promise<ResampledBarsDto> {
    const asked = await this.market.requireSeries(body.source ?? null, body.symbol, body.timeframe);
    const source = derivedSource(body.into, `resampled.${asked.timeframe}.${asked.source}`);
    const { series, bars, adjFactor } = await this.market.store.factoredBarsOf(asked);
    const { notes, ...made } = await this.threads.resample({
      bars,
      adjFactor: priceBasis(series) === 'none' ? null : adjFactor,
      to: body.to as Timeframe,
      market: series.market,
      outsideSessions: body.outside_sessions ?? 'refuse',
    });
    // under its own source the actions of the symbol give the longer bars their factors too
    const adjusts = source === asked.source && (await this.market.store.hasActions(asked));
    const read = {
      ...{ bars: { ...made.bars, source }, adjFactor: adjusts ? null : made.adjFactor },
      ...{ recognised: [], repairs: [], warnings: [] },
    };
    const stored = await this.imports.store(read, {
      market: series.market,
      synthetic: series.synthetic,
      correct: mayCorrect(owner),
    });
    return { ...stored, source, timeframe: body.to, origin: originOf(series), notes };
  }
}
