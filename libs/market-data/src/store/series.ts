import type { MarketCode, Timeframe } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import type { PriceBasis } from '../adjustments';

/** Runs one statement with numbered parameters and gives its rows; bind it to a transaction where that matters. */
export type Query = (sql: string, params?: unknown[]) => Promise<unknown>;

export interface SeriesKey {
  source: string;
  symbol: string;
  timeframe: Timeframe;
}

/** One stored series, without its bars. Times are open times in UTC milliseconds. */
export interface Series extends SeriesKey {
  id: string;
  market: MarketCode;
  /** Made up, and shown as such wherever it appears. */
  synthetic: boolean;
  /** Whether a stored bar has an adjustment other than 1, so that its two price bases differ. */
  adjusted: boolean;
  extraColumns: string[];
  bars: number;
  firstOpenMs: number | null;
  lastOpenMs: number | null;
  /** Over the stored columns and the adjustment factor (as `adj_factor`). */
  fingerprint: string | null;
  updatedAtMs: number;
  /** When stored bars were last changed, which is more than added to; null: never. */
  correctedAtMs: number | null;
}

interface SeriesRow {
  id: string;
  source: string;
  symbol: string;
  timeframe: Timeframe;
  market: MarketCode;
  synthetic: boolean;
  adjusted: boolean;
  extra_columns: string[];
  bar_count: number;
  first_open_time: Date | null;
  last_open_time: Date | null;
  fingerprint: string | null;
  updated_at: Date;
  corrected_at: Date | null;
}

/** The basis on which research and trade read a series: its adjustment, where it has one. */
export const priceBasis = ({ adjusted }: Pick<Series, 'adjusted'>): PriceBasis => (adjusted ? 'adj_close' : 'none');

/** The only one of the series that are meant, or null. @throws DomainError `validation_failed` where several sources have it */
export function onlySeries<S extends SeriesKey>(found: readonly S[]): S | null {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return first ?? null;
  const sources = found.map(({ source }) => source).join(', ');
  const message = `source must be one of ${sources}, because several have ${first.symbol} ${first.timeframe}, was missing`;
  throw invalid([{ field: 'source', rule: 'required', value: null, message }]);
}

const millis = (time: Date | null): number | null => (time === null ? null : new Date(time).getTime());

export function seriesOf(row: unknown): Series {
  const r = row as SeriesRow;
  return {
    id: r.id,
    source: r.source,
    symbol: r.symbol,
    timeframe: r.timeframe,
    market: r.market,
    synthetic: r.synthetic,
    adjusted: r.adjusted,
    extraColumns: r.extra_columns,
    bars: r.bar_count,
    firstOpenMs: millis(r.first_open_time),
    lastOpenMs: millis(r.last_open_time),
    fingerprint: r.fingerprint,
    updatedAtMs: new Date(r.updated_at).getTime(),
    correctedAtMs: millis(r.corrected_at),
  };
}
