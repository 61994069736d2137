interface SeriesKey {
  symbol: string;
  timeframe: string;
  source: string;
}

/** A series as a job says what it is about. */
export const aboutSeries = ({ symbol, timeframe, source }: SeriesKey): string =>
  `${symbol} ${timeframe} from ${source}`;
