import type { Timeframe } from '@assay/contracts';
import { priceBasis, type Series } from '@assay/market-data';
import { hasScope, type Principal } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataService } from '../data.service';
import { MarketData } from '../market-data';
import { DataThreads } from '../threads/data-threads';
import type { ResampleDto } from './resample.request';
import type { ResampledBarsDto } from './resample.response';

const LONGEST_NAME = 64;

/** Stored bars put together to longer ones, which are stored as a series of their own. */
@Injectable()
export class ResampleService {
  constructor(
    private readonly data: DataService,
    private readonly market: MarketData,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError `not_found`, `validation_failed` as `resampleBars` */
  async resample(owner: Principal, body: ResampleDto): Promise<ResampledBarsDto> {
    const series = await this.market.requireSeries(body.source ?? null, body.symbol, body.timeframe);
    const source = body.into ?? `resampled.${series.timeframe}.${series.source}`;
    if (source.length > LONGEST_NAME) {
      const message = `into must be given, since ${source} has more than ${LONGEST_NAME} characters`;
      throw invalidField('into', 'required', null, message);
    }
    const bars = await this.market.store.barsOf(series);
    const { notes, ...made } = await this.threads.resample({
      bars,
      adjFactor: await this.factorsOf(series, bars.close),
      to: body.to as Timeframe,
      market: series.market,
      outsideSessions: body.outside_sessions ?? 'refuse',
    });
    const read = { ...made, bars: { ...made.bars, source }, recognised: [], repairs: [], warnings: [] };
    const correct = hasScope(owner.scopes, 'data:correct');
    const stored = await this.data.store(read, series.market, series.synthetic, correct);
    return { ...stored, source, timeframe: body.to, origin: originOf(series), notes };
  }

  /** Adjusted close / close of every bar; null where the series has no adjustment. */
  private async factorsOf(series: Series, close: Float64Array): Promise<Float64Array | null> {
    if (priceBasis(series) === 'none') return null;
    const adjusted = await this.market.store.barsOf(series, { adjustment: 'adj_close' });
    return adjusted.close.map((value, i) => (Number.isNaN(value) ? 1 : value / close[i]!));
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
