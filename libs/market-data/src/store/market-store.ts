import type { MarketCode } from '@assay/contracts';
import { sliceBars, STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { barsFingerprint, invalid, refuse } from '@assay/primitives';
import {
  adjustBars,
  placeActions,
  type Adjustment,
  type CorporateAction,
  type IdleAction,
  type PlacedAction,
} from '../adjustments';
import { calendarFor } from '../calendars';
import { refuseFactors, refuseSplitView, splitView, writeFactors } from './action-bars';
import { actionsOf, lockActions } from './action-rows';
import { barRows, COPY_BARS, type Copy } from './bar-copy';
import { isCorrection, newBetween, refuseCorrection, refuseOwnColumns } from './bar-corrections';
import { NO_CACHE, type BarCache } from './bar-cache';
import { readBars, writeBars } from './bar-rows';
import { SpooledBars, type SpooledBarsFacts } from '../spool';
import { factsOf, spoolStored, writeSpooled, type ContentFacts } from './spooled-rows';
import { seriesOf, type Query, type Series, type SeriesKey } from './series';
import { SeriesReader, type VersionBars } from './series-reader';
import { barColumnsOf, contentOf, firstFrom, type BarRange, type StoredColumns } from './stored-columns';

const COLUMNS = `id, source, symbol, timeframe, market, synthetic, adjusted, extra_columns, bar_count,
  first_open_time, last_open_time, fingerprint, updated_at, corrected_at`;

export interface ImportBars {
  /** Id of the series if it is new. */
  id: string;
  market: MarketCode;
  synthetic: boolean;
  /** Raw, unadjusted columns; source, symbol and timeframe name the series. */
  bars: BarColumns;
  /** Adjusted close / close per bar; null means what the symbol's actions make of it, 1 without any. */
  adjFactor: Float64Array | null;
  nowMs: number;
  /** Refuses whatever would change bars that are stored, see `Corrections`. */
  addOnly?: boolean;
  /** Told now and then how many of the bars are written; what it throws ends the import. */
  onWritten?: (bars: number) => void;
}

export interface ImportedBars {
  series: Series;
  inserted: number;
  /** Bars that were stored with other values before. */
  updated: number;
  unchanged: number;
  /** All bars of the series as they are stored now, on raw prices; read at the first call if they are not known yet. */
  stored: () => Promise<BarColumns>;
}

/** An import of bars that lie on disk. */
export interface ImportSpooled extends Omit<ImportBars, 'bars' | 'adjFactor'> {
  bars: SpooledBarsFacts;
}

export interface ImportedSpool extends Omit<ImportedBars, 'stored'> {
  /** All bars of the series as they are stored now, on raw prices. */
  spooled: SpooledBarsFacts;
}

export interface SeriesBars {
  series: Series;
  bars: BarColumns;
}

export type SeriesVersion = SeriesBars & Pick<VersionBars, 'isVerified'>;

/** Series and bars in schema `market`, over any function that runs SQL. */
export class MarketStore {
  private readonly reader: SeriesReader;

  /**
   * @param copy sends new bars in bulk, two to three times as fast as statements do; without it they go by statements too
   * @param cache where long series are read from; without it all come from their rows
   */
  constructor(
    readonly query: Query,
    readonly copy?: Copy,
    cache: BarCache = NO_CACHE,
  ) {
    this.reader = new SeriesReader(query, (id) => this.seriesById(id), cache);
  }

  /**
   * Stores bars once: the same import again writes nothing, bars with other values replace the stored ones, further
   * extra columns are appended to the series. Holds the series' row lock, so run it in a transaction. 409 `conflict`
   * when the series belongs to another market or is (not) synthetic, or the factors are its actions' already; 403
   * `forbidden` for a correction that is `addOnly`.
   */
  async importBars(input: ImportBars): Promise<ImportedBars> {
    const { bars } = input;
    if (bars.openTimeMs.length === 0) {
      throw invalid([{ field: 'bars', rule: 'min_rows', value: 0, message: 'bars must be at least 1, was 0' }]);
    }
    refuseOwnColumns(bars);
    await lockActions(this.query, bars, 'read');
    const before = await this.lockSeries(input);
    const actions = await actionsOf(this.query, bars);
    if (actions.length > 0 && input.adjFactor !== null) refuseFactors(before);
    const added = Object.keys(bars.extra).filter((name) => !before.extraColumns.includes(name));
    const extraColumns = [...before.extraColumns, ...added];
    const adjFactor =
      input.adjFactor ?? (actions.length > 0 ? 'keep' : new Float64Array(bars.openTimeMs.length).fill(1));
    const between = await newBetween(this.query, before, bars);
    const written = await this.write(before, input, adjFactor, extraColumns);
    const corrects = this.allowed(input, before, { ...written, between, added: added.length });
    const changed = written.inserted + written.updated;
    const unchanged = bars.openTimeMs.length - changed;
    if (changed === 0 && added.length === 0) {
      return { series: before, ...written, unchanged, stored: () => this.barsOf(before) };
    }
    const rescaled = adjFactor === 'keep' && (await this.rescale(before, bars, actions));
    const wider = { ...before, extraColumns };
    const columns =
      before.bars > 0 || adjFactor === 'keep'
        ? await readBars(this.query, before.id, extraColumns, {})
        : columnsOf(input, adjFactor);
    const series = await this.refresh(wider, columns, input.nowMs, corrects || rescaled);
    const stored = barColumnsOf(series, columns);
    return { series, ...written, unchanged, stored: () => Promise.resolve(stored) };
  }

  /**
   * The same for bars on disk, of which few lie in memory at a time; of a symbol with corporate actions all do.
   * @param folder for what is stored, where that is more than has come
   */
  async importSpooled(input: ImportSpooled, folder: string): Promise<ImportedSpool | ImportedBars> {
    const spooled = new SpooledBars(input.bars);
    const { onWritten = () => undefined, nowMs } = input;
    try {
      const { extra, count, factored } = input.bars;
      await lockActions(this.query, input.bars, 'read');
      if ((await actionsOf(this.query, input.bars)).length > 0) {
        const { bars, adjFactor } = spooled.read(0, count);
        return await this.importBars({ ...input, bars, adjFactor: factored ? adjFactor : null });
      }
      const before = await this.lockSeries(input);
      const added = extra.filter((name) => !before.extraColumns.includes(name));
      const wider = { ...before, extraColumns: [...before.extraColumns, ...added] };
      const written = await writeSpooled(this, before, spooled, wider.extraColumns, onWritten);
      const corrects = this.allowed(input, before, { ...written, added: added.length });
      const { inserted, updated } = written;
      const counts = { inserted, updated, unchanged: count - inserted - updated };
      const content = before.bars > 0 ? await spoolStored(this.query, wider, folder) : input.bars;
      const isNew = inserted + updated + added.length > 0;
      const series = isNew ? await this.refreshRow(wider, await factsOf(content), nowMs, corrects) : before;
      return { series, ...counts, spooled: content };
    } finally {
      spooled.close();
    }
  }

  /** Whether an import corrects stored bars. @throws DomainError where it must not */
  private allowed(
    { addOnly }: Pick<ImportBars, 'addOnly'>,
    before: Series,
    { updated, between, added }: { updated: number; between: number; added: number },
  ): boolean {
    const corrections = { replaced: updated, between, columns: before.bars > 0 ? added : 0 };
    const corrects = isCorrection(corrections);
    if (corrects && addOnly) refuseCorrection(before, corrections);
    return corrects;
  }

  async findSeries(key: SeriesKey): Promise<Series | null> {
    const sql = `SELECT ${COLUMNS} FROM market.series WHERE source = $1 AND symbol = $2 AND timeframe = $3`;
    return this.one(sql, [key.source, key.symbol, key.timeframe]);
  }

  /** The series of each key, or null; by one question. */
  async findAllSeries(keys: readonly SeriesKey[]): Promise<(Series | null)[]> {
    if (keys.length === 0) return [];
    const sql = `SELECT ${COLUMNS} FROM market.series
      WHERE (source, symbol, timeframe) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`;
    const of = (field: keyof SeriesKey): string[] => keys.map((key) => key[field]);
    const rows = (await this.query(sql, [of('source'), of('symbol'), of('timeframe')])) as unknown[];
    const named = ({ source, symbol, timeframe }: SeriesKey): string => JSON.stringify([source, symbol, timeframe]);
    const known = new Map(rows.map(seriesOf).map((series) => [named(series), series]));
    return keys.map((key) => known.get(named(key)) ?? null);
  }

  async seriesById(id: string): Promise<Series | null> {
    return this.one(`SELECT ${COLUMNS} FROM market.series WHERE id = $1::uuid`, [id]);
  }

  /** All series, or those of a symbol (any source and timeframe), in the order of their keys. */
  async listSeries(symbol?: string): Promise<Series[]> {
    const sql = `SELECT ${COLUMNS} FROM market.series WHERE $1::text IS NULL OR symbol = $1
      ORDER BY symbol, source, timeframe`;
    return ((await this.query(sql, [symbol ?? null])) as unknown[]).map(seriesOf);
  }

  /** Series in the order of their keys, from the one after `cursor` on, which is the id of a series. */
  async pageOfSeries(limit: number, cursor?: string): Promise<Series[]> {
    const sql = `SELECT ${COLUMNS} FROM market.series
      WHERE $2::uuid IS NULL
        OR (symbol, source, timeframe) > (SELECT symbol, source, timeframe FROM market.series WHERE id = $2::uuid)
      ORDER BY symbol, source, timeframe LIMIT $1`;
    return ((await this.query(sql, [limit, cursor ?? null])) as unknown[]).map(seriesOf);
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
    return { series: await this.refresh(series, columns, nowMs, true), changed, idle };
  }

  /** The series of a symbol from a source, whatever their timeframe, held to the end of the transaction. */
  async lockedSeries({ source, symbol }: Pick<SeriesKey, 'source' | 'symbol'>): Promise<Series[]> {
    const sql = `SELECT ${COLUMNS} FROM market.series WHERE source = $1 AND symbol = $2 ORDER BY id FOR UPDATE`;
    return ((await this.query(sql, [source, symbol])) as unknown[]).map(seriesOf);
  }

  /** The bars of a series as they are now on raw prices, its row, and adjusted close / close of each bar. */
  async factoredBarsOf(asked: Series, range: BarRange = {}): Promise<SeriesVersion & { adjFactor: Float64Array }> {
    const { series, stored, isVerified } = await this.reader.read(asked, range);
    return { series, bars: barColumnsOf(series, stored), adjFactor: stored.adjFactor, isVerified };
  }

  /** Open time of the bar that begins the last `count` bars of a range, or of all if there are fewer; null without any. */
  async beginOfLast(series: Series, range: BarRange, count: number): Promise<number | null> {
    const time = (ms: number | undefined, open: string): string =>
      ms === undefined ? open : new Date(ms).toISOString();
    const rows = (await this.query(
      `SELECT min(open_time) AS begin FROM (
         SELECT open_time FROM market.bar
         WHERE series_id = $1::uuid AND open_time >= $2::timestamptz AND open_time < $3::timestamptz
         ORDER BY open_time DESC LIMIT $4) AS last`,
      [series.id, time(range.fromMs, '-infinity'), time(range.toMs, 'infinity'), count],
    )) as { begin: Date | null }[];
    return rows[0].begin && new Date(rows[0].begin).getTime();
  }

  private async lockSeries(
    input: Pick<ImportBars, 'id' | 'market' | 'synthetic' | 'nowMs'> & { bars: SeriesKey },
  ): Promise<Series> {
    const { source, symbol, timeframe } = input.bars;
    const now = new Date(input.nowMs).toISOString();
    const series = await this.one(
      `WITH put AS (
        INSERT INTO market.series AS s (id, source, symbol, timeframe, market, synthetic, extra_columns, bar_count,
          created_at, updated_at)
        VALUES ($1::uuid, $2, $3, $4, $5, $6, '{}', 0, $7::timestamptz, $7::timestamptz)
        ON CONFLICT (source, symbol, timeframe) DO UPDATE SET updated_at = s.updated_at
        RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [input.id, source, symbol, timeframe, input.market, input.synthetic, now],
    );
    for (const [field, was, is] of [
      ['market', input.market, series!.market],
      ['synthetic', input.synthetic, series!.synthetic],
    ] as const) {
      if (was !== is) throw refuse('conflict', `${field} must be ${is} as in the stored series, was ${was}`, { field });
    }
    return series!;
  }

  /** Bars after all stored ones meet none of these: they are copied, the others merged. */
  private async write(
    { id, lastOpenMs }: Series,
    { bars, onWritten = () => undefined }: ImportBars,
    adjFactor: Float64Array | 'keep',
    extraColumns: readonly string[],
  ): Promise<{ inserted: number; updated: number }> {
    const count = bars.openTimeMs.length;
    const from = this.copy === undefined ? count : firstFrom(bars.openTimeMs, (lastOpenMs ?? -Infinity) + 1);
    const known = sliceBars(bars, 0, from);
    const old = adjFactor === 'keep' ? adjFactor : adjFactor.subarray(0, from);
    const merged = await writeBars(this.query, id, known, old, extraColumns, onWritten);
    if (from < count) {
      const told = (rows: number): void => onWritten(from + rows);
      const fresh = adjFactor === 'keep' ? new Float64Array(count - from).fill(1) : adjFactor.subarray(from);
      const rows = barRows(id, [{ bars: sliceBars(bars, from, count), adjFactor: fresh }], extraColumns, told);
      await this.copy!(COPY_BARS, rows);
    }
    return { ...merged, inserted: merged.inserted + count - from };
  }

  /** Gives bars that have come, and those before them, the factors of actions; whether those of earlier ones changed. */
  private async rescale(before: Series, bars: BarColumns, actions: readonly CorporateAction[]): Promise<boolean> {
    const { openTimeMs } = bars;
    const firstOpenMs = Math.min(before.firstOpenMs ?? Infinity, openTimeMs[0]);
    const lastOpenMs = Math.max(before.lastOpenMs ?? -Infinity, openTimeMs[openTimeMs.length - 1]);
    const known =
      before.firstOpenMs === null || before.lastOpenMs === null
        ? null
        : { fromMs: before.firstOpenMs, toMs: before.lastOpenMs };
    return (await writeFactors(this.query, { ...before, firstOpenMs, lastOpenMs }, actions, known)).within > 0;
  }

  private refresh(series: Series, stored: StoredColumns, nowMs: number, corrected: boolean): Promise<Series> {
    const { openTimeMs } = stored;
    const facts = {
      count: openTimeMs.length,
      firstMs: openTimeMs[0],
      lastMs: openTimeMs[openTimeMs.length - 1],
      fingerprint: barsFingerprint(contentOf(series, stored)),
      adjusted: stored.adjFactor.some((factor) => factor !== 1),
    };
    return this.refreshRow(series, facts, nowMs, corrected);
  }

  private async refreshRow(
    series: Series,
    { count, firstMs, lastMs, fingerprint, adjusted }: ContentFacts,
    nowMs: number,
    corrected: boolean,
  ): Promise<Series> {
    const time = (ms: number): string => new Date(ms).toISOString();
    const updated = await this.one(
      `WITH put AS (
        UPDATE market.series SET extra_columns = $2::text[], bar_count = $3, first_open_time = $4::timestamptz,
          last_open_time = $5::timestamptz, fingerprint = $6, updated_at = $7::timestamptz, adjusted = $8,
          corrected_at = CASE WHEN $9 THEN $7::timestamptz ELSE corrected_at END
        WHERE id = $1::uuid RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [
        series.id,
        series.extraColumns,
        count,
        time(firstMs),
        time(lastMs),
        fingerprint,
        time(nowMs),
        adjusted,
        corrected,
      ],
    );
    return updated!;
  }

  private async one(sql: string, params: unknown[]): Promise<Series | null> {
    const rows = (await this.query(sql, params)) as unknown[];
    return rows.length > 0 ? seriesOf(rows[0]) : null;
  }
}

/** The bars of an import as they lie in the store of a series that had none. */
function columnsOf({ bars }: ImportBars, adjFactor: Float64Array): StoredColumns {
  const core = STANDARD_COLUMNS.map((name) => bars[name]);
  return { openTimeMs: bars.openTimeMs, core, adjFactor, extra: Object.values(bars.extra) };
}
