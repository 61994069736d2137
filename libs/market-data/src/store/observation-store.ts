import { refuse, sha256Hex } from '@assay/primitives';
import type { Observations } from '../observations/observations';
import { readFloat8s, toFloat8Array } from './float-array-wire';
import { instantBound } from './instant-bound';
import type { Query } from './series';

/** One stored external series, without its values. Times are UTC milliseconds. */
export interface ObservationSeries {
  id: string;
  source: string;
  /** Null where it is about no symbol. */
  symbol: string | null;
  name: string;
  observations: number;
  firstEventMs: number | null;
  lastEventMs: number | null;
  lastAvailableMs: number | null;
  /** Over events, availabilities and values, in the order of availability. */
  fingerprint: string | null;
  /** When what was known at an earlier time was last changed; null: never. */
  correctedAtMs: number | null;
}

export interface ObservationFilter {
  source?: string;
  symbol?: string;
  name?: string;
}

export interface ObservationRange {
  /** The values that were known then: of each event the newest revision by that time. Without it every revision. */
  asOfMs?: number;
  fromMs?: number;
  toMs?: number;
  /** Events after it. */
  afterMs?: number;
  /** Most events. */
  most: number;
}

export interface StoredObservation {
  eventMs: number;
  availableMs: number;
  value: number;
}

export interface ImportedObservations {
  series: ObservationSeries;
  inserted: number;
  updated: number;
  unchanged: number;
}

interface SeriesRow {
  id: string;
  source: string;
  symbol: string;
  name: string;
  observation_count: number;
  first_event_time: Date | null;
  last_event_time: Date | null;
  last_available_at: Date | null;
  fingerprint: string | null;
  corrected_at: Date | null;
}

const COLUMNS =
  'id, source, symbol, name, observation_count, first_event_time, last_event_time, last_available_at, fingerprint, corrected_at';
const ROWS_PER_INSERT = 20_000;

const msOf = (time: Date | null): number | null => time && new Date(time).getTime();

function seriesOf(row: unknown): ObservationSeries {
  const r = row as SeriesRow;
  return {
    ...{ id: r.id, source: r.source, symbol: r.symbol === '' ? null : r.symbol, name: r.name },
    ...{
      observations: r.observation_count,
      firstEventMs: msOf(r.first_event_time),
      lastEventMs: msOf(r.last_event_time),
    },
    ...{ lastAvailableMs: msOf(r.last_available_at), fingerprint: r.fingerprint, correctedAtMs: msOf(r.corrected_at) },
  };
}

/** External series in `market.observation_series` and `market.observation`; a revision is a row of its own. */
export class ObservationStore {
  constructor(private readonly query: Query) {}

  /**
   * Adds observations to a series, which is made where there is none. Rows that are stored already change nothing. A row
   * of a stored event and availability with another value replaces it, and one that was available before the last stored
   * one changes what was known at an earlier time: both are corrections.
   * @throws DomainError `forbidden` for a correction where `addOnly`
   */
  async import(input: {
    id: string;
    source: string;
    symbol: string | null;
    name: string;
    observations: Observations;
    nowMs: number;
    addOnly: boolean;
  }): Promise<ImportedObservations> {
    const before = await this.lockSeries(input);
    const { eventMs, value } = input.observations;
    const { stored, replaced, late } = await this.compared(before, input.observations);
    if (replaced + late > 0 && input.addOnly) throw refuseCorrection(before, replaced, late);
    const count = value.length;
    const inserted = count - stored;
    const written = { inserted, updated: replaced, unchanged: stored - replaced };
    if (inserted + replaced === 0) return { series: before, ...written };
    for (let from = 0; from < eventMs.length; from += ROWS_PER_INSERT)
      await this.write(before.id, input.observations, from, Math.min(count, from + ROWS_PER_INSERT));
    return { series: await this.refresh(before.id, input.nowMs, replaced + late > 0), ...written };
  }

  /** In the order of their names, from the one after `cursor` on, which is the id of a series. */
  async page(
    { source, symbol, name }: ObservationFilter,
    limit: number,
    cursor?: string,
  ): Promise<ObservationSeries[]> {
    const sql = `SELECT ${COLUMNS} FROM market.observation_series
      WHERE ($2::uuid IS NULL OR (name, symbol, source) >
          (SELECT name, symbol, source FROM market.observation_series WHERE id = $2::uuid))
        AND ($3::text IS NULL OR source = $3) AND ($4::text IS NULL OR symbol = $4) AND ($5::text IS NULL OR name = $5)
      ORDER BY name, symbol, source LIMIT $1`;
    const params = [limit, cursor ?? null, source ?? null, symbol ?? null, name ?? null];
    return ((await this.query(sql, params)) as unknown[]).map(seriesOf);
  }

  /** Series of a name that are about a symbol or about none. */
  async ofName(name: string, symbol: string): Promise<ObservationSeries[]> {
    const sql = `SELECT ${COLUMNS} FROM market.observation_series
      WHERE name = $1 AND symbol IN ('', $2) ORDER BY symbol, source`;
    return ((await this.query(sql, [name, symbol])) as unknown[]).map(seriesOf);
  }

  async find(id: string): Promise<ObservationSeries | null> {
    return this.one(`SELECT ${COLUMNS} FROM market.observation_series WHERE id = $1::uuid`, [id]);
  }

  /** Values by event and availability. */
  async values(seriesId: string, range: ObservationRange): Promise<StoredObservation[]> {
    const within = `series_id = $1::uuid AND event_time >= $2::timestamptz AND event_time <= $3::timestamptz
      AND event_time > $4::timestamptz AND available_at <= $5::timestamptz`;
    const sql =
      range.asOfMs === undefined
        ? `SELECT event_time, available_at, value FROM market.observation
           WHERE ${within} AND event_time IN
             (SELECT DISTINCT event_time FROM market.observation WHERE ${within} ORDER BY event_time LIMIT $6)
           ORDER BY event_time, available_at`
        : `SELECT DISTINCT ON (event_time) event_time, available_at, value FROM market.observation
           WHERE ${within} ORDER BY event_time, available_at DESC LIMIT $6`;
    const rows = (await this.query(sql, [
      ...[seriesId, instantBound(range.fromMs, '-infinity'), instantBound(range.toMs, 'infinity')],
      ...[instantBound(range.afterMs, '-infinity'), instantBound(range.asOfMs, 'infinity'), range.most],
    ])) as { event_time: Date; available_at: Date; value: number }[];
    return rows.map(({ event_time, available_at, value }) => ({
      ...{ eventMs: msOf(event_time)!, availableMs: msOf(available_at)!, value },
    }));
  }

  /** All values of a series in the order of their availability, read as packed bytes so that every bit arrives. */
  async observationsOf(seriesId: string): Promise<Observations> {
    const names = ['event', 'available', 'value'];
    const packed = names.map((name) => `string_agg(float8send(${name}), ''::bytea) AS ${name}`).join(', ');
    const [row] = (await this.query(
      `SELECT count(*)::int AS n, ${packed} FROM (
         SELECT (extract(epoch FROM event_time) * 1000)::float8 AS event,
           (extract(epoch FROM available_at) * 1000)::float8 AS available, value
         FROM market.observation WHERE series_id = $1::uuid ORDER BY available_at, event_time) AS ordered`,
      [seriesId],
    )) as { n: number; [name: string]: unknown }[];
    const [eventMs, availableMs, value] = names.map((name) => {
      const column = new Float64Array(row.n);
      if (row.n > 0) readFloat8s(row[name] as Buffer, column, 0);
      return column;
    });
    return { eventMs, availableMs, value };
  }

  private async lockSeries(input: {
    id: string;
    source: string;
    symbol: string | null;
    name: string;
    nowMs: number;
  }): Promise<ObservationSeries> {
    const { id, source, symbol, name } = input;
    const series = await this.one(
      `WITH put AS (
        INSERT INTO market.observation_series AS s (id, source, symbol, name, observation_count, created_at, updated_at)
        VALUES ($1::uuid, $2, $3, $4, 0, $5::timestamptz, $5::timestamptz)
        ON CONFLICT (source, symbol, name) DO UPDATE SET updated_at = s.updated_at
        RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [id, source, symbol ?? '', name, new Date(input.nowMs).toISOString()],
    );
    return series!;
  }

  /** Of the rows of an import: how many are stored, how many of these with another value, and how many of the others come late. */
  private async compared(
    { id, lastAvailableMs }: ObservationSeries,
    { eventMs, availableMs, value }: Observations,
  ): Promise<{ stored: number; replaced: number; late: number }> {
    if (lastAvailableMs === null) return { stored: 0, replaced: 0, late: 0 };
    const [row] = (await this.query(
      `SELECT count(o.value)::int AS stored,
         count(*) FILTER (WHERE o.value IS NOT NULL AND o.value IS DISTINCT FROM u.v)::int AS replaced,
         count(*) FILTER (WHERE o.value IS NULL AND u.a <= $5::float8)::int AS late
       FROM unnest($2::float8[], $3::float8[], $4::float8[]) AS u(e, a, v)
       LEFT JOIN market.observation o ON o.series_id = $1::uuid AND o.event_time = to_timestamp(u.e / 1000.0)
         AND o.available_at = to_timestamp(u.a / 1000.0)`,
      [id, toFloat8Array(eventMs), toFloat8Array(availableMs), toFloat8Array(value), lastAvailableMs],
    )) as { stored: number; replaced: number; late: number }[];
    return row;
  }

  private async write(id: string, of: Observations, from: number, to: number): Promise<void> {
    await this.query(
      `INSERT INTO market.observation AS o (series_id, event_time, available_at, value)
       SELECT $1::uuid, to_timestamp(e / 1000.0), to_timestamp(a / 1000.0), v
       FROM unnest($2::float8[], $3::float8[], $4::float8[]) AS u(e, a, v)
       ON CONFLICT (series_id, event_time, available_at) DO UPDATE SET value = excluded.value
       WHERE o.value IS DISTINCT FROM excluded.value`,
      [id, ...[of.eventMs, of.availableMs, of.value].map((column) => toFloat8Array(column.subarray(from, to)))],
    );
  }

  private async refresh(id: string, nowMs: number, corrected: boolean): Promise<ObservationSeries> {
    const { eventMs, availableMs, value } = await this.observationsOf(id);
    const bytes = [eventMs, availableMs, value].map((column) => Buffer.from(column.buffer));
    const series = await this.one(
      `WITH put AS (
        UPDATE market.observation_series SET observation_count = $2, first_event_time = o.first, last_event_time = o.last,
          last_available_at = o.available, fingerprint = $3, updated_at = $4::timestamptz,
          corrected_at = CASE WHEN $5 THEN $4::timestamptz ELSE corrected_at END
        FROM (SELECT min(event_time) AS first, max(event_time) AS last, max(available_at) AS available
          FROM market.observation WHERE series_id = $1::uuid) AS o
        WHERE id = $1::uuid RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [id, value.length, sha256Hex(Buffer.concat(bytes)), new Date(nowMs).toISOString(), corrected],
    );
    return series!;
  }

  private async one(sql: string, params: unknown[]): Promise<ObservationSeries | null> {
    const rows = (await this.query(sql, params)) as unknown[];
    return rows.length > 0 ? seriesOf(rows[0]) : null;
  }
}

function refuseCorrection({ source, name }: ObservationSeries, replaced: number, late: number): Error {
  const parts = [
    replaced > 0 && `${replaced} stored values would be replaced`,
    late > 0 && `${late} values would have been known before the last stored one`,
  ].filter(Boolean);
  return refuse(
    'forbidden',
    `observations of ${name} from ${source} must only be added as they become known, since all rest on them: ` +
      `${parts.join(', ')}; scope data:correct, of an importer or administrator, is needed to correct them`,
    { missing_scopes: ['data:correct'], replaced, late },
  );
}
