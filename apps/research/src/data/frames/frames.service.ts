import { priceBasis, type Adjustment, type Series } from '@assay/market-data';
import type { Closes } from '@assay/market-data/frames';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { MarketData } from '../market-data';
import { DataThreads } from '../threads/data-threads';
import { endOfRange, startOfRange } from '../time-range';
import type { CorrelationQuery, DescribeQuery, ProfileQuery } from './frames.request';
import type { CorrelationDto, DescribeDto, ProfileDto } from './frames.response';

/** Closes of all symbols together that one question may be about. */
const MOST_BARS = 5_000_000;

/** What stored bars are like, for people to look at. */
@Injectable()
export class FramesService {
  constructor(
    private readonly market: MarketData,
    private readonly threads: DataThreads,
  ) {}

  async describe({ adjustment = 'adj_close', ...query }: DescribeQuery): Promise<DescribeDto> {
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    const bars = await this.market.store.barsOf(series, { adjustment });
    return { symbol: series.symbol, columns: await this.threads.describe(bars) };
  }

  async profile(query: ProfileQuery): Promise<ProfileDto> {
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    this.market.assertRange(series, query.start, query.end);
    const adjustment = query.adjustment ?? 'adj_close';
    const bars = await this.market.store.barsOf(series, { ...rangeOf(query), adjustment });
    const { bins, rows } = query;
    const periodsPerYear = this.market.barsPerYear(series);
    const profile = await this.threads.profile({ bars, options: { periodsPerYear, bins, rows } });
    const { symbol, source, timeframe, market, synthetic } = series;
    return { symbol, source, timeframe, market, synthetic, adjustment: basisOf(series, adjustment), ...profile };
  }

  /** @throws DomainError `not_found` for a symbol that is not stored, `insufficient_data` for too few bars in common */
  async correlation(query: CorrelationQuery): Promise<CorrelationDto> {
    const { symbols, timeframe, source, method = 'pearson', of = 'returns', adjustment = 'adj_close' } = query;
    const doubled = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
    if (doubled !== undefined)
      throw invalidField('symbols', 'unique', doubled, `symbols must be named once each, ${doubled} was again`);
    const known: Series[] = [];
    for (const symbol of symbols) known.push(await this.market.requireSeries(source ?? null, symbol, timeframe));
    const closes: Closes[] = [];
    let count = 0;
    for (const series of known) {
      this.market.assertRange(series, query.start, query.end);
      const { openTimeMs, close } = await this.market.store.barsOf(series, { ...rangeOf(query), adjustment });
      count += close.length;
      if (count > MOST_BARS) {
        const message = `symbols must have at most ${MOST_BARS} bars together, had more: give start and end, or fewer symbols`;
        throw invalidField('symbols', 'max_bars', count, message);
      }
      closes.push({ symbol: series.symbol, openTimeMs, close });
    }
    const correlations = await this.threads.correlation({ closes, of, method });
    const series = known.map(({ symbol, source: from, market, synthetic }) => ({
      symbol,
      source: from,
      market,
      synthetic,
    }));
    return { series, timeframe, method, of, adjustment, ...correlations };
  }
}

const basisOf = (series: Series, asked: Adjustment): Adjustment => (asked === 'adj_close' ? priceBasis(series) : asked);

function rangeOf({ start, end }: { start?: string; end?: string }): { fromMs?: number; toMs?: number } {
  return {
    ...(start === undefined ? {} : { fromMs: startOfRange('start', start) }),
    ...(end === undefined ? {} : { toMs: endOfRange('end', end) + 1 }),
  };
}
