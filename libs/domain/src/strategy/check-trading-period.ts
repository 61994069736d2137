import type { StrategyDocument, Warning } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import type { Calendar } from '../ports';

/** Relative difference below which a trading period is the calendar's. */
const TOLERANCE = 0.02;

/**
 * Compares a document's trading period with its market. Daily: it is only the annualisation factor, so a difference
 * is the warning `trading_period_differs`. Intraday: it must be the calendar's sessions or bars per year, else
 * `validation_failed`.
 */
export function checkTradingPeriod(
  document: Pick<StrategyDocument, 'timeframe' | 'trading_period'>,
  calendar: Pick<Calendar, 'barsPerYear'>,
): Warning[] {
  const period = document.trading_period;
  const timeframe = document.timeframe ?? '1d';
  const sessions = calendar.barsPerYear('1d');
  if (timeframe === '1d') {
    if (isNear(period, sessions)) return [];
    const message = `trading_period ${period} differs from the ${Math.round(sessions)} sessions per year of the market`;
    return [{ code: 'trading_period_differs', field: 'trading_period', message, calendar: sessions }];
  }
  const bars = calendar.barsPerYear(timeframe);
  if (isNear(period, sessions) || isNear(period, bars)) return [];
  const must = `${Math.round(sessions)} sessions or ${Math.round(bars)} ${timeframe} bars per year`;
  throw invalid([
    {
      field: 'trading_period',
      rule: 'contradicts_calendar',
      value: period,
      message: `trading_period must be ${must}, was ${period}`,
    },
  ]);
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * b;
}
