import type { Timeframe } from '@assay/contracts';
import { columnNames, columnOf, STANDARD_COLUMNS, valueOf, type Bar, type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { TieScale } from '@assay/quant';
import { derivedColumn } from './derived-columns';

/** Where a feature stands: the timeframe of its bars, and the features listed before it that it reads, by name. */
export interface FeatureContext {
  readonly timeframe: Timeframe;
  readonly features: ReadonlyMap<string, ColumnFacts>;
}

/** What is known of a column before there are bars. */
export interface ColumnFacts {
  /** Leading bars without a value. */
  readonly lookback: number;
  readonly scale: TieScale;
}

/** A feature that reads daily bars alone. */
export const ALONE: FeatureContext = { timeframe: '1d', features: new Map() };

/** A column by name, in both forms: of the bars, of a feature that was put among them, or derived from their times. */
export interface ColumnReader {
  /** @throws DomainError `validation_failed` that lists the columns there are. */
  batch(bars: BarColumns): Float64Array;
  /** NaN when the bar has no such column. */
  value(bar: Bar): number;
}

const STANDARD: readonly string[] = ['v', ...STANDARD_COLUMNS];

export function columnReader(name: string, timeframe: Timeframe, field = 'params.column'): ColumnReader {
  const derived = STANDARD.includes(name) ? null : derivedColumn(name, timeframe);
  return {
    batch(bars) {
      const column = columnOf(bars, name);
      if (column !== undefined) return column;
      if (derived) return bars.openTimeMs.map(derived);
      const known = columnNames(Object.keys(bars.extra)).join(', ');
      throw invalid([
        { field, rule: 'known_column', value: name, message: `${field} must be one of ${known}, was ${name}` },
      ]);
    },
    value: (bar) => (derived && !Object.hasOwn(bar.extra, name) ? derived(bar.openTimeMs) : valueOf(bar, name)),
  };
}
