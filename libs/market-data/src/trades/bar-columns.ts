/** Bars made of trades, as columns that grow. Times are UTC milliseconds with the nanoseconds beyond them. */
export interface TradeBars {
  count: number;
  /** Of the first trade; of a bar of time the stamp of its timeframe. */
  openMs: Float64Array;
  openNs: Float64Array;
  /** Of the last trade. */
  closeMs: Float64Array;
  closeNs: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** Sum of the sizes. */
  volume: Float64Array;
  /** How many trades. */
  trades: Float64Array;
  /** Sum of the sizes whose taker bought; NaN where a trade of the bar does not say who took. */
  buyVolume: Float64Array;
  /** Dollar value by volume. */
  vwap: Float64Array;
  /** Sum of price x size. */
  dollar: Float64Array;
}

type Column = Exclude<keyof TradeBars, 'count'>;
const COLUMNS: readonly Column[] = [
  ...(['openMs', 'openNs', 'closeMs', 'closeNs', 'open', 'high', 'low', 'close', 'volume', 'trades'] as const),
  ...(['buyVolume', 'vwap', 'dollar'] as const),
];
const FIRST_CAPACITY = 1024;

export function tradeBars(): TradeBars {
  const columns = COLUMNS.map((name) => [name, new Float64Array(FIRST_CAPACITY)] as const);
  return { count: 0, ...(Object.fromEntries(columns) as Record<Column, Float64Array>) };
}

/** Room for one more bar. */
export function makeRoom(bars: TradeBars): void {
  const capacity = bars.open.length;
  if (bars.count < capacity) return;
  for (const name of COLUMNS) {
    const wider = new Float64Array(2 * capacity);
    wider.set(bars[name]);
    bars[name] = wider;
  }
}

/** The columns cut to the bars [from, to). */
export function cutBars(bars: TradeBars, from: number, to: number): TradeBars {
  const columns = COLUMNS.map((name) => [name, bars[name].slice(from, to)] as const);
  return { count: to - from, ...(Object.fromEntries(columns) as Record<Column, Float64Array>) };
}
