import { isDated, multiplesOf, TIMEFRAME_MINUTES, type MarketCode, type Timeframe } from '@assay/contracts';
import { invalid, MINUTE_MS } from '@assay/primitives';
import { sessionClock } from '../columns';

/** The longer bar that holds a bar. */
export interface BarPlace {
  /** Open of the longer bar, 00:00Z of its first session's date from days on. */
  stampMs: number;
  /** Whether the bar begins it. */
  opens: boolean;
  /** Whether it is complete when the bar is. */
  closes: boolean;
}

/**
 * Where bars of one timeframe lie in longer ones of a market, as resampling has it: intraday bars begin at the opening and after a break and
 * are cut at the close, weeks begin on Monday. Null outside of sessions and before the tables of the calendar.
 * @throws DomainError `validation_failed` for a timeframe that is no multiple
 */
export function barPlaces(from: Timeframe, to: Timeframe, market: MarketCode): (openTimeMs: number) => BarPlace | null {
  const known = multiplesOf(from);
  if (!known.includes(to)) {
    const must =
      known.length > 0 ? `be one of ${known.join(', ')}, multiples of ${from}` : `have no value for ${from} bars`;
    const message = `params.timeframe must ${must}, was ${to}`;
    throw invalid([{ field: 'params.timeframe', rule: 'multiple', value: to, message }]);
  }
  const clock = sessionClock(market, from);
  const { calendar } = clock;
  const [ownMs, stepMs] = [TIMEFRAME_MINUTES[from] * MINUTE_MS, TIMEFRAME_MINUTES[to] * MINUTE_MS];
  return (openTimeMs) => {
    const { date, stretches } = clock.at(openTimeMs);
    if (stretches === null) return null;
    const stretch = isDated(from)
      ? { openMs: stretches[0]!.openMs, closeMs: stretches.at(-1)!.closeMs }
      : stretches.find(({ openMs, closeMs }) => openTimeMs >= openMs && openTimeMs < closeMs);
    if (!stretch) return null;
    const closeMs = isDated(from) ? stretch.closeMs : Math.min(openTimeMs + ownMs, stretch.closeMs);
    if (!isDated(to)) {
      const stampMs = stretch.openMs + Math.floor((openTimeMs - stretch.openMs) / stepMs) * stepMs;
      const endMs = Math.min(stampMs + stepMs, stretch.closeMs);
      return { stampMs, opens: openTimeMs === stampMs, closes: closeMs >= endMs };
    }
    const { first, last } = calendar.periodOf(date, to)!;
    const isFirst = date === first && (isDated(from) || openTimeMs === stretches[0]!.openMs);
    const isLast = date === last && closeMs >= stretches.at(-1)!.closeMs;
    return { stampMs: Date.parse(`${first}T00:00:00Z`), opens: isFirst, closes: isLast };
  };
}

/** The most bars of one timeframe that a longer one has. */
export function mostBarsWithin(from: Timeframe, to: Timeframe, market: MarketCode): number {
  if (!isDated(to)) return TIMEFRAME_MINUTES[to] / TIMEFRAME_MINUTES[from];
  const { calendar } = sessionClock(market, from);
  const everyDay = calendar.barsPerYear('1d') > 300;
  const sessions = { '1d': 1, '1w': everyDay ? 7 : 5, '1M': everyDay ? 31 : 23 }[to];
  if (isDated(from)) return sessions;
  return sessions * Math.ceil(calendar.barsPerYear(from) / calendar.barsPerYear('1d'));
}
