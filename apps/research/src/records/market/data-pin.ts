/** The bars a result was computed from. */
export interface DataPin {
  source: string;
  symbol: string;
  timeframe: string;
  adjustment: 'none' | 'adj_close';
  /** Open time of the first bar of history, ISO-8601: where recursive indicators begin. */
  first_bar: string;
  /** Open time of the last bar that was read. */
  until: string;
  /** SHA-256 of the columns from `first_bar` to `until`. */
  fingerprint: string;
  bars: number;
  /** Half-open index range that was scored. */
  scored: [number, number] | null;
  /** Where a locked holdout begins, of which no bar was read; absent: none was in the way. */
  locked_from?: string;
  /** Of a universe: every series that was read, by symbol; `fingerprint` is that of them all. */
  series?: SeriesPin[];
}

export type SeriesPin = Pick<DataPin, 'symbol' | 'adjustment' | 'first_bar' | 'until' | 'fingerprint' | 'bars'>;
