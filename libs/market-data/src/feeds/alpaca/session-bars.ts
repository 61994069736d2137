import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { MINUTE_MS } from '@assay/primitives';
import type { SessionCalendar } from '../../calendars';
import { utcMidnight } from '@assay/calendars';

/**
 * Finer bars within the sessions of a market as bars of `timeframe`, which begin with each stretch of trading: at 09:30, 10:30 and so on
 * for 1h in New York. Bars outside of sessions are left out.
 */
export function sessionBars(bars: BarColumns, calendar: SessionCalendar, timeframe: Timeframe): BarColumns {
  const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
  const made: number[][] = [];
  bars.openTimeMs.forEach((timeMs, i) => {
    const date = calendar.tradingDate(timeMs);
    const stretches = calendar.isSession(date) ? calendar.stretchesOf(date) : [];
    const stretch = stretches.find(({ openMs, closeMs }) => timeMs >= openMs && timeMs < closeMs);
    if (!stretch) return;
    const openMs = stretch.openMs + Math.floor((timeMs - stretch.openMs) / stepMs) * stepMs;
    const bar = made[made.length - 1];
    const [open, high, low, close, volume] = [bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]];
    if (bar?.[0] !== openMs) made.push([openMs, open, high, low, close, volume]);
    else
      made[made.length - 1] = [openMs, bar[1], Math.max(bar[2], high), Math.min(bar[3], low), close, bar[5] + volume];
  });
  const column = (at: number): Float64Array => Float64Array.from(made, (bar) => bar[at]);
  return {
    ...bars,
    timeframe,
    openTimeMs: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    extra: {},
  };
}

/** Daily bars stamped by the instant at which the market's day begins, stamped 00:00Z of that date. */
export function datedBars(bars: BarColumns, calendar: SessionCalendar): BarColumns {
  const openTimeMs = bars.openTimeMs.map((timeMs) => utcMidnight(calendar.tradingDate(timeMs)));
  return { ...bars, openTimeMs };
}
