import { OWN_COLUMNS, type BarColumns } from '@assay/domain';
import { invalid, refuse } from '@assay/primitives';
import { toFloat8Array } from './float-array-wire';
import type { Query, Series } from './series';

/** What an import changes of that which is stored already, and rests under everybody's backtests and deployments. */
export interface Corrections {
  /** Stored bars that get other values. */
  replaced: number;
  /** New bars between stored ones. */
  between: number;
  /** Columns that the stored bars did not have. */
  columns: number;
}

export const isCorrection = ({ replaced, between, columns }: Corrections): boolean => replaced + between + columns > 0;

/** Bars of an import that lie between the stored ones and are not among them; ask before they are written. */
export async function newBetween(
  query: Query,
  { id, firstOpenMs, lastOpenMs }: Series,
  bars: BarColumns,
): Promise<number> {
  if (firstOpenMs === null || lastOpenMs === null) return 0;
  const inside = bars.openTimeMs.filter((time) => time > firstOpenMs && time < lastOpenMs);
  if (inside.length === 0) return 0;
  const [row] = (await query(
    `SELECT count(*)::int AS stored FROM unnest($2::float8[]) AS u(t)
     JOIN market.bar b ON b.series_id = $1::uuid AND b.open_time = to_timestamp(t / 1000.0)`,
    [id, toFloat8Array(inside)],
  )) as { stored: number }[];
  return inside.length - row.stored;
}

/** @throws DomainError `forbidden` with what would change */
export function refuseCorrection(series: Series, { replaced, between, columns }: Corrections): never {
  const parts = [
    replaced > 0 && `${replaced} stored bars would get other values`,
    between > 0 && `${between} bars would come between stored ones`,
    columns > 0 && `${columns} columns would be added to stored bars`,
  ].filter(Boolean);
  throw refuse(
    'forbidden',
    `bars of ${series.symbol} ${series.timeframe} from ${series.source} must only be added before or after the stored ones, since all trade on ` +
      `them: ${parts.join(', ')}; scope data:correct, of an importer or administrator, is needed to correct them`,
    { missing_scopes: ['data:correct'], replaced, between, columns },
  );
}

/** @throws DomainError `validation_failed` for a further column that would hide one that all bars have, or be hidden by it */
export function refuseOwnColumns({ extra }: BarColumns): void {
  const name = Object.keys(extra).find((one) => OWN_COLUMNS.includes(one));
  if (name === undefined) return;
  const message = `a further column must not be called ${name}, which bars have of their own`;
  throw invalid([{ field: `extra.${name}`, rule: 'reserved', value: name, message }]);
}
