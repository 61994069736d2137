import type { Timeframe } from '@assay/contracts';
import { refuse, searchWordsOf } from '@assay/primitives';
import { seriesOf, type Query, type Series, type SeriesKey } from './series';
import type { ContentFacts } from './spooled-rows';

const COLUMNS = `id, source, symbol, timeframe, market, synthetic, adjusted, extra_columns, bar_count,
  first_open_time, last_open_time, fingerprint, updated_at, corrected_at`;

/** Which series an import is of, and what it is where it is new. */
export interface NewSeries extends SeriesKey, Pick<Series, 'id' | 'market' | 'synthetic'> {
  nowMs: number;
}

/** The rows of `market.series`, over any function that runs SQL. */
export class SeriesRows {
  constructor(readonly query: Query) {}

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

  /** The series of each symbol with a timeframe, from any source and in the order of the sources; by one question. */
  async seriesOfSymbols(symbols: readonly string[], timeframe: Timeframe): Promise<Map<string, Series[]>> {
    const sql = `SELECT ${COLUMNS} FROM market.series WHERE symbol = ANY($1::text[]) AND timeframe = $2
      ORDER BY symbol, source`;
    const found = new Map<string, Series[]>(symbols.map((symbol) => [symbol, []]));
    for (const row of (await this.query(sql, [symbols, timeframe])) as unknown[]) {
      const series = seriesOf(row);
      found.get(series.symbol)!.push(series);
    }
    return found;
  }

  /**
   * Series in the order of their keys, from the one after `cursor` on, which is the id of a series; those with every one of
   * the words in symbol, timeframe, source or market, in any order and any case.
   */
  async pageOfSeries(limit: number, cursor?: string, words?: string): Promise<Series[]> {
    const sql = `SELECT ${COLUMNS} FROM market.series
      WHERE ($2::uuid IS NULL
        OR (symbol, source, timeframe) > (SELECT symbol, source, timeframe FROM market.series WHERE id = $2::uuid))
      AND ($3::text[] IS NULL
        OR NOT EXISTS (SELECT FROM unnest($3::text[]) AS sought(word)
          WHERE strpos(lower(concat_ws(' ', symbol, timeframe, source, market) COLLATE "und-x-icu"), lower(word COLLATE "und-x-icu")) = 0))
      ORDER BY symbol, source, timeframe LIMIT $1`;
    return (
      (await this.query(sql, [limit, cursor ?? null, words === undefined ? null : searchWordsOf(words)])) as unknown[]
    ).map(seriesOf);
  }

  /** The series of a symbol from a source, whatever their timeframe, held to the end of the transaction. */
  async lockedSeries({ source, symbol }: Pick<SeriesKey, 'source' | 'symbol'>): Promise<Series[]> {
    const sql = `SELECT ${COLUMNS} FROM market.series WHERE source = $1 AND symbol = $2 ORDER BY id FOR UPDATE`;
    return ((await this.query(sql, [source, symbol])) as unknown[]).map(seriesOf);
  }

  /** The row of a series, made where there is none and held to the end of the transaction. @throws DomainError `conflict` where it is another kind */
  async holdSeries(input: NewSeries): Promise<Series> {
    const { source, symbol, timeframe } = input;
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

  /** Says in the row of a series what its bars are now. */
  async refreshSeries(
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
