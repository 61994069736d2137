import { refuse } from '@assay/primitives';
import type { BarCache } from './bar-cache';
import { readBars } from './bar-rows';
import type { Query, Series } from './series';
import { partOf, type BarRange, type StoredColumns } from './stored-columns';

const ATTEMPTS = 5;

/** Bars and the row of their series at one moment. */
export interface VersionBars {
  series: Series;
  stored: StoredColumns;
  /** Whether all bars of the series were hashed, and have the fingerprint of its row. */
  isVerified: boolean;
}

/** Reads bars from the cache, or from their rows; never of another version than the row that comes with them. */
export class SeriesReader {
  constructor(
    private readonly query: Query,
    private readonly find: (id: string) => Promise<Series | null>,
    private readonly cache: BarCache,
  ) {}

  /**
   * @param asked the series as it was read before; bars that have changed since come with the newer row
   * @throws DomainError `not_found` when it is gone, `conflict` when it changes faster than it can be read
   */
  async read(asked: Series, range: BarRange): Promise<VersionBars> {
    let series = asked;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0 || this.cache.keeps(series)) series = await this.current(series);
      const kept = await this.cache.read(series, range);
      if (kept) return { series, stored: kept, isVerified: true };
      const isWhole = this.cache.fills(series, range);
      const read = await readBars(this.query, series.id, series.extraColumns, isWhole ? {} : range);
      if (read.fingerprint !== series.fingerprint) continue;
      if (!isWhole) return { series, stored: read, isVerified: false };
      return { series, stored: partOf(read, range), isVerified: await this.cache.write(series, read) };
    }
    const { symbol, timeframe, source } = series;
    throw refuse(
      'conflict',
      `bars of ${symbol} ${timeframe} from ${source} must stay the same while they are read, changed ${ATTEMPTS} times: ask again`,
      { symbol, timeframe, source },
    );
  }

  private async current({ id, symbol, timeframe, source }: Series): Promise<Series> {
    const series = await this.find(id);
    if (series) return series;
    throw refuse('not_found', `no bars of ${symbol} ${timeframe} from ${source} are stored any more`, {
      symbol,
      timeframe,
      source,
    });
  }
}
