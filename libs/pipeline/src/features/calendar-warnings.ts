import type { FeatureSpec, MarketCode, Timeframe, Warning } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { sessionClock } from '../columns';
import { featurePlugins } from './feature-registry';

/** What features say of bars after the end of a calendar that they rest on: there every weekday counts as a full session. */
export function calendarWarnings(
  specs: readonly Pick<FeatureSpec, 'plugin' | 'params'>[],
  bars: Pick<BarColumns, 'openTimeMs' | 'timeframe'>,
): Warning[] {
  const markets = specs.map(({ plugin, params }) => featurePlugins.get(plugin)?.sessionsOf?.(params) ?? null);
  return endsOfCalendars(markets, bars.openTimeMs, bars.timeframe);
}

/** A warning of each market whose tables end before the last bar. @param openTimeMs of bars, rising */
export function endsOfCalendars(
  markets: readonly (MarketCode | null)[],
  openTimeMs: Float64Array,
  timeframe: Timeframe,
): Warning[] {
  const last = openTimeMs.at(-1);
  if (last === undefined) return [];
  return [...new Set(markets)].flatMap((market) => {
    if (market === null) return [];
    const clock = sessionClock(market, timeframe);
    return clock.calendar.endWarning(clock.at(last).date) ?? [];
  });
}
