import { isDated, TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { MINUTE_MS } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { addDays, dateOfUtc, utcMidnight } from '@assay/calendars';

/** Where bars belong: the stamp of the longer bar that holds each, NaN outside of sessions, and those that fit into none. */
export interface PlacedBars {
  stamps: Float64Array;
  /** Indices of bars that begin off the grid of their own timeframe, so that they may reach over two longer ones. */
  offGrid: number[];
}

/** The longer bar of every bar, one pass over the bars and the sessions beside them. */
export function placeBars(bars: BarColumns, to: Timeframe, calendar: SessionCalendar): PlacedBars {
  return isDated(bars.timeframe) ? placeDates(bars, to, calendar) : placeInstants(bars, to, calendar);
}

const labelOf = (calendar: SessionCalendar, date: string, to: Timeframe): number => {
  const period = calendar.periodOf(date, to);
  return period ? utcMidnight(period.first) : NaN;
};

function placeDates({ openTimeMs, timeframe }: BarColumns, to: Timeframe, calendar: SessionCalendar): PlacedBars {
  const stamps = openTimeMs.map((stampMs) =>
    calendar.barOpenMs(stampMs, timeframe) === null ? NaN : labelOf(calendar, dateOfUtc(stampMs), to),
  );
  return { stamps, offGrid: [] };
}

function placeInstants({ openTimeMs, timeframe }: BarColumns, to: Timeframe, calendar: SessionCalendar): PlacedBars {
  const count = openTimeMs.length;
  const stamps = new Float64Array(count).fill(NaN);
  const offGrid: number[] = [];
  if (count === 0) return { stamps, offGrid };
  const [ownMs, stepMs] = [timeframe, to].map((one) => TIMEFRAME_MINUTES[one] * MINUTE_MS);
  const last = calendar.tradingDate(openTimeMs[count - 1]);
  let i = 0;
  for (let date = calendar.tradingDate(openTimeMs[0]); date <= last; date = addDays(date, 1)) {
    if (!calendar.isSession(date)) continue;
    const label = isDated(to) ? labelOf(calendar, date, to) : NaN;
    for (const { openMs, closeMs } of calendar.stretchesOf(date)) {
      while (i < count && openTimeMs[i] < openMs) i += 1;
      for (; i < count && openTimeMs[i] < closeMs; i += 1) {
        const sinceMs = openTimeMs[i] - openMs;
        stamps[i] = isDated(to) ? label : openMs + Math.floor(sinceMs / stepMs) * stepMs;
        if (sinceMs % ownMs !== 0) offGrid.push(i);
      }
    }
  }
  return { stamps, offGrid };
}
