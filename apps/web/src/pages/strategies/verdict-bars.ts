import type { StoredSeries, Timeframe } from '../../definitions/series-query';

/** The bars that a strategy was judged on. */
export type BarsOfVerdict = Pick<StoredSeries, 'symbol' | 'source' | 'timeframe'>;

/** Their page, where what was found in them is looked at and acknowledged. */
export const seriesOf = ({ symbol, source, timeframe }: BarsOfVerdict) => ({
  symbol,
  source,
  timeframe: timeframe as Timeframe,
});
