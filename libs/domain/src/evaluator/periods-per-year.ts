import { TIMEFRAME_MINUTES, type StrategyDocument, type Timeframe } from '@assay/contracts';

const LONG: Readonly<Partial<Record<Timeframe, number>>> = { '1w': 52, '1M': 12 };
const MOST_SESSIONS = 366;
const AROUND_THE_CLOCK = 365;
const EXCHANGE_SESSION_MINUTES = 390;

/**
 * Bars per year as far as a document alone tells. Daily: its trading period. Weekly 52, monthly 12. Intraday: a trading period of up to 366
 * counts sessions, of 24 hours from 365 on and of 6.5 hours below; a larger one counts bars. Where the calendar is
 * known its own figure is handed in instead.
 */
export function periodsPerYear(document: Pick<StrategyDocument, 'timeframe' | 'trading_period'>): number {
  const timeframe = document.timeframe ?? '1d';
  const period = document.trading_period;
  const long = LONG[timeframe];
  if (long !== undefined) return long;
  if (timeframe === '1d' || period > MOST_SESSIONS) return period;
  const session = period >= AROUND_THE_CLOCK ? TIMEFRAME_MINUTES['1d'] : EXCHANGE_SESSION_MINUTES;
  return period * Math.ceil(session / TIMEFRAME_MINUTES[timeframe]);
}
