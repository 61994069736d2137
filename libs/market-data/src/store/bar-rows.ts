import { setImmediate } from 'node:timers/promises';
import { extraOf, STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { readFloat8s, toFloat8Array } from './float-array-wire';
import { instantBound } from './instant-bound';
import type { Query } from './series';
import type { BarRange, StoredColumns } from './stored-columns';

const ROWS_PER_INSERT = 20_000;
/** More at once keep the loop longer and are no quicker: 50,000 take two thirds of the time of 250,000. */
const ROWS_PER_READ = 50_000;

const params = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `$${from + i}::float8[]`);

/**
 * Inserts or replaces the bars of a series; rows that hold the same values already are not written.
 * @param adjFactor of each bar; `keep`: what stored ones have, 1 for new ones
 */
export async function writeBars(
  query: Query,
  seriesId: string,
  bars: BarColumns,
  adjFactor: Float64Array | 'keep',
  extraColumns: readonly string[],
  onWritten: (bars: number) => void = () => undefined,
): Promise<{ inserted: number; updated: number }> {
  const count = bars.openTimeMs.length;
  const missing = new Float64Array(count).fill(NaN);
  const columns = [
    bars.openTimeMs,
    ...STANDARD_COLUMNS.map((name) => bars[name]),
    adjFactor === 'keep' ? new Float64Array(count).fill(1) : adjFactor,
    ...extraColumns.map((name) => extraOf(bars, name) ?? missing),
  ];
  const factor = adjFactor === 'keep' ? 'b.adj_factor' : 'excluded.adj_factor';
  const names = extraColumns.map((_, i) => `x${i}`);
  const extra = names.length > 0 ? `ARRAY[${names.join(', ')}]::float8[]` : `'{}'::float8[]`;
  const sql = `
    WITH put AS (
      INSERT INTO market.bar AS b (series_id, open_time, open, high, low, close, volume, adj_factor, extra)
      SELECT $1::uuid, to_timestamp(t / 1000.0), o, h, l, c, v, a, ${extra}
      FROM unnest(${params(2, columns.length).join(', ')}) AS u(t, o, h, l, c, v, a${names.map((n) => `, ${n}`).join('')})
      ON CONFLICT (series_id, open_time) DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low,
        close = excluded.close, volume = excluded.volume, adj_factor = ${factor}, extra = excluded.extra
      WHERE (b.open, b.high, b.low, b.close, b.volume, b.adj_factor, b.extra)
        IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
          ${factor}, excluded.extra)
      RETURNING (xmax = 0) AS fresh)
    SELECT count(*) FILTER (WHERE fresh)::int AS inserted, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM put`;
  let inserted = 0;
  let updated = 0;
  for (let from = 0; from < count; from += ROWS_PER_INSERT) {
    const to = Math.min(from + ROWS_PER_INSERT, count);
    const chunk = columns.map((column) => toFloat8Array(column.subarray(from, to)));
    const [row] = (await query(sql, [seriesId, ...chunk])) as { inserted: number; updated: number }[];
    inserted += row.inserted;
    updated += row.updated;
    onWritten(to);
  }
  return { inserted, updated };
}

/** Bars from their rows, with the fingerprint that their series had in each statement; undefined where it changed between two. */
export interface ReadColumns extends StoredColumns {
  fingerprint: string | null | undefined;
}

interface ReadRow {
  n: number;
  last: Date;
  fingerprint: string | null;
  [column: string]: unknown;
}

/** Bars of a series in the order of their open times, read as packed bytes so that every bit arrives. */
export async function readBars(
  query: Query,
  seriesId: string,
  extraColumns: readonly string[],
  range: BarRange,
): Promise<ReadColumns> {
  const names = ['t', ...STANDARD_COLUMNS, 'adj_factor', ...extraColumns.map((_, i) => `x${i}`)];
  const extras = extraColumns.map((_, i) => `, COALESCE(extra[${i + 1}], 'NaN'::float8) AS x${i}`).join('');
  const sql = `
    SELECT count(*)::int AS n, max(open_time) AS last, (SELECT fingerprint FROM market.series WHERE id = $1::uuid) AS fingerprint,
      ${names.map((name) => `string_agg(float8send(${name}), ''::bytea) AS ${name}`).join(', ')}
    FROM (
      SELECT open_time, (extract(epoch FROM open_time) * 1000)::float8 AS t, open, high, low, close, volume, adj_factor${extras}
      FROM market.bar
      WHERE series_id = $1::uuid AND open_time >= $2::timestamptz AND open_time < $3::timestamptz
      ORDER BY open_time LIMIT $4) AS ordered`;
  const to = instantBound(range.toMs, 'infinity');
  let from = instantBound(range.fromMs, '-infinity');
  const parts: ReadRow[] = [];
  const fingerprints = new Set<string | null>();
  let left = range.most ?? Infinity;
  for (;;) {
    const rows = Math.min(left, ROWS_PER_READ);
    const [row] = (await query(sql, [seriesId, from, to, rows])) as ReadRow[];
    fingerprints.add(row.fingerprint);
    if (row.n > 0) parts.push(row);
    left -= row.n;
    if (row.n < rows || left <= 0) break;
    from = new Date(new Date(row.last).getTime() + 1).toISOString();
  }
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  const columns: Float64Array[] = [];
  for (const name of names) {
    const column = new Float64Array(total);
    let at = 0;
    for (const part of parts) {
      readFloat8s(part[name] as Buffer, column, at);
      at += part.n;
    }
    columns.push(column);
    // a million numbers take some milliseconds: others have their turn
    await setImmediate();
  }
  return {
    openTimeMs: columns[0],
    core: columns.slice(1, 6),
    adjFactor: columns[6],
    extra: columns.slice(7),
    fingerprint: fingerprints.size === 1 ? [...fingerprints][0] : undefined,
  };
}
