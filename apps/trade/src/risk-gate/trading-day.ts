import type { Calendar } from '@assay/domain';
import { DAY_MS } from '@assay/primitives';

/** Longer than any market is closed: the dates on either side are others. */
const FAR_MS = 21 * DAY_MS;

/**
 * From when until when the market has the trading date of an instant, the end not included: where sessions begin on their eve, as futures
 * and currencies do, an evening belongs to the next date, as in the account's day.
 */
export function tradingDay(calendar: Pick<Calendar, 'tradingDate'>, ms: number): { from: Date; to: Date } {
  const date = calendar.tradingDate(ms);
  const from = firstMs(ms - FAR_MS, ms, (at) => calendar.tradingDate(at) >= date);
  const to = firstMs(ms, ms + FAR_MS, (at) => calendar.tradingDate(at) > date);
  return { from: new Date(from), to: new Date(to) };
}

/** The first instant after `low`, at most `high`, at which something holds that holds ever after. */
function firstMs(low: number, high: number, holds: (ms: number) => boolean): number {
  let [before, after] = [low, high];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
