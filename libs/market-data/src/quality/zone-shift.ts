import { HOUR_MS } from '@assay/primitives';
import { isDated } from '@assay/contracts';
import type { SessionCalendar, SessionStretch } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import type { BarTimes } from './bar-windows';

const MOST_TRIED = 2_000;
const MOST_HOURS = 14;
/** A shift explains the bars when nearly all lie in sessions with it. */
const EXPLAINED = 0.98;

/**
 * By how many hours all bars have to be moved to lie in sessions, where that is the smallest move of up to 14 hours, by half hours,
 * that puts nearly all of them there; for daily bars 24 or -24. Null when no move does, or none is needed.
 */
export function zoneShiftHours(bars: BarTimes, calendar: SessionCalendar): number | null {
  const { openTimeMs, timeframe } = bars;
  const step = Math.ceil(openTimeMs.length / MOST_TRIED);
  const times = openTimeMs.filter((_, i) => i % step === 0);
  const fits = isDated(timeframe) ? onSession(calendar) : inStretch(stretchesAround(times, calendar));
  const shifts = isDated(timeframe)
    ? [24, -24]
    : Array.from({ length: 2 * MOST_HOURS }, (_, i) => (i + 1) / 2).flatMap((hours) => [hours, -hours]);
  const shareAt = (hours: number): number =>
    times.reduce((count, time) => count + Number(fits(time + hours * HOUR_MS)), 0) / times.length;
  if (shareAt(0) >= EXPLAINED) return null;
  return shifts.find((hours) => shareAt(hours) >= EXPLAINED) ?? null;
}

const onSession =
  (calendar: SessionCalendar) =>
  (time: number): boolean => {
    const date = dateOfUtc(time);
    return calendar.covers(date) && calendar.isSession(date);
  };

function stretchesAround(times: Float64Array, calendar: SessionCalendar): SessionStretch[] {
  const [from, to] = calendar.coverage;
  const around = (time: number): string => calendar.tradingDate(time);
  const first = around(times[0] - MOST_HOURS * HOUR_MS);
  const last = around(times[times.length - 1] + MOST_HOURS * HOUR_MS);
  return calendar
    .sessions(first < from ? from : first, last > to ? to : last)
    .flatMap((date) => calendar.stretchesOf(date));
}

const inStretch =
  (stretches: readonly SessionStretch[]) =>
  (time: number): boolean => {
    let [from, to] = [0, stretches.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (stretches[middle].closeMs > time) to = middle;
      else from = middle + 1;
    }
    return from < stretches.length && stretches[from].openMs <= time;
  };
