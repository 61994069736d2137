/** Lengths of bars; `1m` is a minute, `1M` a month. */
export const TIMEFRAMES = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '1d', '1w', '1M'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** Whether its bars are whole sessions, stamped 00:00Z of the first one's date: days, weeks and months. */
export const isDated = (timeframe: Timeframe): timeframe is '1d' | '1w' | '1M' =>
  timeframe === '1d' || timeframe === '1w' || timeframe === '1M';

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

/** The longer timeframes that bars of one can be put together to. */
export const multiplesOf = (from: Timeframe): Timeframe[] =>
  TIMEFRAMES.filter((to) => {
    if (TIMEFRAME_MINUTES[to] <= TIMEFRAME_MINUTES[from] || from === '1w') return false;
    return isDated(to) || (!isDated(from) && TIMEFRAME_MINUTES[to] % TIMEFRAME_MINUTES[from] === 0);
  });
