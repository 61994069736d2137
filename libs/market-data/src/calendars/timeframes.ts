import type { Timeframe } from '@assay/contracts';

/** Length of a bar in minutes; bars of whole sessions are as long as their sessions, these are the days they may span. */
export const TIMEFRAME_MINUTES: Readonly<Record<Timeframe, number>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '1d': 1440,
  '1w': 7 * 1440,
  '1M': 31 * 1440,
};
