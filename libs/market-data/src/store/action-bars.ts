import type { BarColumns } from '@assay/domain';
import { refuse } from '@assay/primitives';
import {
  adjustBars,
  factorsAt,
  factorSteps,
  placeActions,
  type CorporateAction,
  type FactorStep,
  type IdleAction,
} from '../adjustments';
import { calendarFor } from '../calendars';
import { toFloat8Array } from './float-array-wire';
import type { Query, Series } from './series';

/** The series with the ends of its bars, as they are stored now. */
export type StoredSpan = Pick<Series, 'id' | 'timeframe' | 'market'> & { firstOpenMs: number; lastOpenMs: number };

const instants = (times: readonly number[]): string[] => times.map((ms) => new Date(ms).toISOString());

/**
 * Gives every stored bar of a series the factor of its actions.
 * @returns how many bars got another one, and how many of them lie between two instants
 * @throws DomainError `conflict` as `factorSteps`
 */
export async function writeFactors(
  query: Query,
  series: StoredSpan,
  actions: readonly CorporateAction[],
  within: { fromMs: number; toMs: number } | null,
): Promise<{ changed: number; within: number; idle: IdleAction[] }> {
  const { placed, idle } = placeActions(actions, series, calendarFor(series.market));
  const times = [...new Set(placed.map(({ exMs }) => exMs))];
  const closes = await closesBefore(query, series.id, times);
  const steps = factorSteps(placed, (exMs) => closes.get(exMs)!);
  return { ...(await writeSteps(query, series.id, steps, within)), idle };
}

async function closesBefore(query: Query, seriesId: string, times: readonly number[]): Promise<Map<number, number>> {
  if (times.length === 0) return new Map();
  const rows = (await query(
    `SELECT b.close FROM unnest($2::timestamptz[]) WITH ORDINALITY AS u(ex, n)
     CROSS JOIN LATERAL (SELECT close FROM market.bar WHERE series_id = $1::uuid AND open_time < ex
       ORDER BY open_time DESC LIMIT 1) AS b
     ORDER BY n`,
    [seriesId, instants(times)],
  )) as { close: number }[];
  return new Map(times.map((time, i) => [time, rows[i].close]));
}

async function writeSteps(
  query: Query,
  seriesId: string,
  steps: readonly FactorStep[],
  within: { fromMs: number; toMs: number } | null,
): Promise<{ changed: number; within: number }> {
  const ends = instants(steps.map(({ beforeMs }) => beforeMs));
  const factors = Float64Array.from([...steps.map(({ total }) => total), 1]);
  const [from, to] = within ? instants([within.fromMs, within.toMs]) : ['infinity', '-infinity'];
  const [row] = (await query(
    `WITH put AS (
       UPDATE market.bar AS b SET adj_factor = u.factor
       FROM unnest($2::timestamptz[], $3::timestamptz[], $4::float8[]) AS u(begin, stop, factor)
       WHERE b.series_id = $1::uuid AND b.open_time >= u.begin AND b.open_time < u.stop
         AND b.adj_factor IS DISTINCT FROM u.factor
       RETURNING b.open_time >= $5::timestamptz AND b.open_time <= $6::timestamptz AS inside)
     SELECT count(*)::int AS changed, (count(*) FILTER (WHERE inside))::int AS inside FROM put`,
    [seriesId, ['-infinity', ...ends], [...ends, 'infinity'], toFloat8Array(factors), from, to],
  )) as { changed: number; inside: number }[];
  return { changed: row.changed, within: row.inside };
}

/** Raw bars of a series without the steps of its splits, whose factors need no closes. */
export function splitView(
  { market, timeframe, firstOpenMs, lastOpenMs }: Series,
  bars: BarColumns,
  actions: readonly CorporateAction[],
): BarColumns {
  const splits = actions.filter(({ kind }) => kind === 'split');
  if (splits.length === 0 || firstOpenMs === null || lastOpenMs === null) return bars;
  const { placed } = placeActions(splits, { timeframe, firstOpenMs, lastOpenMs }, calendarFor(market));
  const factors = factorsAt(
    bars.openTimeMs,
    factorSteps(placed, () => NaN),
    'splits',
  );
  return adjustBars(bars, factors, 'splits');
}

export function refuseFactors({ symbol, source }: Series): never {
  throw refuse(
    'conflict',
    `the factors of ${symbol} from ${source} are those of its corporate actions: import without an adjusted close (adjust none), or under another source`,
    { symbol, source },
  );
}

export function refuseSplitView({ symbol, timeframe, source }: Series): never {
  throw refuse(
    'conflict',
    `the factors of ${symbol} ${timeframe} from ${source} came with its bars, as an adjusted close or from what they were resampled from, and do not tell ` +
      'splits from dividends: import the bars with adjust none, or resample them into their own source, and declare the splits as corporate actions',
    { symbol, timeframe, source },
  );
}
