import type { BarColumns } from '@assay/domain';
import { refuse } from '@assay/primitives';
import {
  adjustBars,
  placeActions,
  type Adjustment,
  type CorporateAction,
  type IdleAction,
  type PlacedAction,
} from '../adjustments';
import { calendarFor } from '../calendars';
import { refuseSplitView, splitView, writeFactors } from './action-bars';
import { actionsOf } from './action-rows';
import { NO_CACHE, type BarCache } from './bar-cache';
import type { Copy } from './bar-copy';
import { BarImport } from './bar-import';
import { readBars } from './bar-rows';
import { instantBound } from './instant-bound';
import type { ImportBars, ImportedBars, ImportedSpool, ImportSpooled } from './imported-bars';
import type { Query, Series, SeriesKey } from './series';
import { SeriesReader, type VersionBars } from './series-reader';
import { SeriesRows } from './series-rows';
import { barColumnsOf, type BarRange } from './stored-columns';

export interface SeriesBars {
  series: Series;
  bars: BarColumns;
}

export type SeriesVersion = SeriesBars & Pick<VersionBars, 'isVerified'>;

/** Series and bars in schema `market`, over any function that runs SQL. */
export class MarketStore extends SeriesRows {
  private readonly reader: SeriesReader;
  private readonly imports: BarImport;

  /**
   * @param copy sends new bars in bulk, two to three times as fast as statements do; without it they go by statements too
   * @param cache where long series are read from; without it all come from their rows
   */
  constructor(query: Query, copy?: Copy, cache: BarCache = NO_CACHE) {
    super(query);
    this.reader = new SeriesReader(query, (id) => this.seriesById(id), cache);
    this.imports = new BarImport({ query, copy, cache, rows: this, barsOf: (series) => this.barsOf(series) });
  }

  /** As `BarImport.import` says. */
  importBars(input: ImportBars): Promise<ImportedBars> {
    return this.imports.import(input);
  }

  /** As `BarImport.importSpooled` says. */
  importSpooled(input: ImportSpooled, folder: string): Promise<ImportedSpool | ImportedBars> {
    return this.imports.importSpooled(input, folder);
  }

  /** The bars of a series on the asked price basis; 404 `not_found` when there is no such series. */
  async readBars(key: SeriesKey, range: BarRange & { adjustment?: Adjustment } = {}): Promise<SeriesBars> {
    const series = await this.findSeries(key);
    if (series === null) {
      const { source, symbol, timeframe } = key;
      throw refuse('not_found', `no bars of ${symbol} ${timeframe} from ${source} are stored`, {
        source,
        symbol,
        timeframe,
      });
    }
    return this.versionOf(series, range);
  }

  /** The bars of a series, as they are now. @throws DomainError `conflict` for `splits` of a series whose factors an adjusted close gave */
  async barsOf(series: Series, range: BarRange & { adjustment?: Adjustment } = {}): Promise<BarColumns> {
    return (await this.versionOf(series, range)).bars;
  }

  /** The bars of a series as they are now, and its row with the fingerprint that they have. @throws DomainError as `barsOf` */
  async versionOf(asked: Series, range: BarRange & { adjustment?: Adjustment } = {}): Promise<SeriesVersion> {
    const { adjustment = 'none' } = range;
    await this.requireView(asked, adjustment);
    const { series, bars, adjFactor, isVerified } = await this.factoredBarsOf(asked, range);
    if (adjustment === 'splits') return { series, bars: await this.judged(series, bars), isVerified };
    // without adjustments there is one basis, and nothing to multiply
    return { series, bars: adjustBars(bars, series.adjusted ? adjFactor : null, adjustment), isVerified };
  }

  /** @throws DomainError as `barsOf`, before a bar is read */
  async requireView(series: Series, adjustment: Adjustment): Promise<void> {
    if (adjustment === 'splits' && series.adjusted && !(await this.hasActions(series))) refuseSplitView(series);
  }

  /** Whether the factors of a symbol from a source are those of its corporate actions. */
  async hasActions(key: Pick<SeriesKey, 'source' | 'symbol'>): Promise<boolean> {
    return (await actionsOf(this.query, key)).length > 0;
  }

  /** Raw bars of a series in the view of its declared splits, as a quality report judges them; raw where none is declared. */
  async judged(series: Series, bars: BarColumns): Promise<BarColumns> {
    return splitView(series, bars, await actionsOf(this.query, series));
  }

  /** Declared splits that part the bar that opened at one time from one that opened, or would, by another; oldest first. */
  async splitsBetween(series: Series, afterMs: number, untilMs: number): Promise<PlacedAction[]> {
    const splits = (await actionsOf(this.query, series)).filter(({ kind }) => kind === 'split');
    const span = { timeframe: series.timeframe, firstOpenMs: afterMs, lastOpenMs: untilMs };
    return placeActions(splits, span, calendarFor(series.market)).placed;
  }

  /** Gives a stored series the factors of actions, which is a correction where one changes. Run it under the lock of the actions. */
  async applyActions(
    series: Series,
    actions: readonly CorporateAction[],
    nowMs: number,
  ): Promise<{ series: Series; changed: number; idle: IdleAction[] }> {
    const { firstOpenMs, lastOpenMs } = series;
    if (firstOpenMs === null || lastOpenMs === null) return { series, changed: 0, idle: [] };
    const { changed, idle } = await writeFactors(this.query, { ...series, firstOpenMs, lastOpenMs }, actions, null);
    if (changed === 0) return { series, changed, idle };
    const columns = await readBars(this.query, series.id, series.extraColumns, {});
    return { series: await this.imports.refresh(series, columns, nowMs, true), changed, idle };
  }

  /** The bars of a series as they are now on raw prices, its row, and adjusted close / close of each bar. */
  async factoredBarsOf(asked: Series, range: BarRange = {}): Promise<SeriesVersion & { adjFactor: Float64Array }> {
    const { series, stored, isVerified } = await this.reader.read(asked, range);
    return { series, bars: barColumnsOf(series, stored), adjFactor: stored.adjFactor, isVerified };
  }

  /** Open time of the bar that begins the last `count` bars of a range, or of all if there are fewer; null without any. */
  async beginOfLast(series: Series, range: BarRange, count: number): Promise<number | null> {
    const rows = (await this.query(
      `SELECT min(open_time) AS begin FROM (
         SELECT open_time FROM market.bar
         WHERE series_id = $1::uuid AND open_time >= $2::timestamptz AND open_time < $3::timestamptz
         ORDER BY open_time DESC LIMIT $4) AS last`,
      [series.id, instantBound(range.fromMs, '-infinity'), instantBound(range.toMs, 'infinity'), count],
    )) as { begin: Date | null }[];
    return rows[0].begin && new Date(rows[0].begin).getTime();
  }
}
