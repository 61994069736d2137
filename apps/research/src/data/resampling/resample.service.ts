import type { Timeframe } from '@assay/contracts';
import { priceBasis, type Series } from '@assay/market-data';
import type { Principal } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { BarImports } from '../imports/bar-imports';
import { MarketData } from '../market-data';
import { mayCorrect } from '../may-correct';
import { SERIES_NAME } from '../series-name';
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
    const source = body.into ?? `resampled.${asked.timeframe}.${asked.source}`;
    if (source.length > SERIES_NAME.max) {
      const message = `into must be given, since ${source} has more than ${SERIES_NAME.max} characters`;
      throw invalidField('into', 'required', null, message);
    }
    const { series, bars, adjFactor } = await this.market.store.factoredBarsOf(asked);
    const { notes, ...made } = await this.threads.resample({
      bars,
      adjFactor: priceBasis(series) === 'none' ? null : adjFactor,
      to: body.to as Timeframe,
      market: series.market,
      outsideSessions: body.outside_sessions ?? 'refuse',
    });
    const read = { ...made, bars: { ...made.bars, source }, recognised: [], repairs: [], warnings: [] };
    const stored = await this.imports.store(read, {
      market: series.market,
      synthetic: series.synthetic,
      correct: mayCorrect(owner),
    });
    return { ...stored, source, timeframe: body.to, origin: originOf(series), notes };
  }
}

const originOf = ({ id, source, symbol, timeframe, bars, fingerprint }: Series): ResampledBarsDto['origin'] => ({
  series_id: id,
  source,
  symbol,
  timeframe,
  bars,
  fingerprint: fingerprint!,
});
