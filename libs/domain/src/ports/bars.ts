import { STANDARD_COLUMNS, type StandardColumn, type Timeframe } from '@assay/contracts';

export { columnNames, STANDARD_COLUMNS, type StandardColumn } from '@assay/contracts';

/** Names of what every stored bar has: a further column of one of them would hide it, or be hidden. */
export const OWN_COLUMNS: readonly string[] = ['open_time', ...STANDARD_COLUMNS, 'adj_factor'];

/** Closed bars of one series as columns of equal length, oldest first. A missing value is NaN. */
export interface BarColumns {
  symbol: string;
  source: string;
  timeframe: Timeframe;
  /** UTC milliseconds at which each bar opened, strictly rising. */
  openTimeMs: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  /** Further numeric columns by name, such as a factor. */
  extra: Record<string, Float64Array>;
}

/** One closed bar. A missing value is NaN. */
export interface Bar {
  openTimeMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  extra: Record<string, number>;
}

function isStandard(name: string): name is StandardColumn {
  return (STANDARD_COLUMNS as readonly string[]).includes(name);
}

/** The column a document means by `name` (`v` = close), or undefined when the series has none of that name. */
export function columnOf(bars: BarColumns, name: string): Float64Array | undefined {
  if (name === 'v') return bars.close;
  if (isStandard(name)) return bars[name];
  return extraOf(bars, name);
}

/** The further column of that name; `constructor` is one only where the series has it. */
export const extraOf = ({ extra }: Pick<BarColumns, 'extra'>, name: string): Float64Array | undefined =>
  Object.hasOwn(extra, name) ? extra[name] : undefined;

// entries, since an assignment to `__proto__` makes no member
const eachExtra = <T>({ extra }: Pick<BarColumns, 'extra'>, of: (column: Float64Array) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(extra).map(([name, column]) => [name, of(column)]));

/** The value a document means by `name` in one bar; NaN when the bar has no such column. */
export function valueOf(bar: Bar, name: string): number {
  if (name === 'v') return bar.close;
  if (isStandard(name)) return bar[name];
  return Object.hasOwn(bar.extra, name) ? bar.extra[name] : NaN;
}

/** Bar `i` of the columns; `i` must lie in [0, length). */
export function barAt(bars: BarColumns, i: number): Bar {
  return {
    openTimeMs: bars.openTimeMs[i],
    open: bars.open[i],
    high: bars.high[i],
    low: bars.low[i],
    close: bars.close[i],
    volume: bars.volume[i],
    extra: eachExtra(bars, (column) => column[i]),
  };
}

/** Bars [from, to) as views on the same memory. */
export function sliceBars(bars: BarColumns, from: number, to: number): BarColumns {
  return {
    ...bars,
    openTimeMs: bars.openTimeMs.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
    extra: eachExtra(bars, (column) => column.subarray(from, to)),
  };
}

/** Where closed bars come from. */
export interface Bars {
  /** Bars of a series with open time in [fromMs, toMs), closed at `nowMs`; empty when there are none. */
  read(query: BarsQuery): Promise<BarColumns>;
}

export interface BarsQuery {
  source: string;
  symbol: string;
  timeframe: Timeframe;
  fromMs?: number;
  toMs?: number;
  nowMs: number;
}
