import type { Timeframe } from '@assay/contracts';
import { addDays, civil, weekday } from './civil-date';

/** First and last calendar date of the day, the week (Monday to Sunday) or the month that holds a date. */
export function periodBounds(date: string, timeframe: Timeframe): readonly [from: string, to: string] {
  if (timeframe === '1w') {
    const monday = addDays(date, -((weekday(date) + 6) % 7));
    return [monday, addDays(monday, 6)];
  }
  if (timeframe === '1M') {
    const [year, month] = date.split('-').map(Number);
    return [civil(year, month, 1), civil(year, month + 1, 0)];
  }
  return [date, date];
}
