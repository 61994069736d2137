import type { UniverseDocument, Warning } from '@assay/contracts';
import type { Absence, UniversePanel } from '@assay/domain';
import { calendarWarnings, endsOfCalendars } from '../features';

const MOST_NAMED = 5;

/** What a result of a universe must say of its bars. */
export function universeWarnings(
  { market, features }: Pick<UniverseDocument, 'market' | 'features'>,
  panel: UniversePanel,
  absences: readonly Absence[],
): Warning[] {
  const warnings: Warning[] = [];
  const empty = panel.symbols.filter((_, i) => panel.series[i] === null);
  if (empty.length > 0) {
    const message = `${empty.length} of ${panel.symbols.length} symbols have no bars at all: ${named(empty)}`;
    warnings.push({ code: 'symbols_without_bars', field: 'universe', message, symbols: empty });
  }
  const absent = [...new Set(absences.map(({ symbol }) => symbol))].filter((symbol) => !empty.includes(symbol));
  if (absent.length > 0) {
    const message = `${absent.length} of ${panel.symbols.length} symbols have no bar at some sessions at which they are members: ${named(absent)}`;
    warnings.push({ code: 'symbols_absent', field: 'universe', message });
  }
  if (panel.outsideSessions > 0) {
    const message = `${panel.outsideSessions} bars lie outside of the market's sessions and were left out`;
    warnings.push({ code: 'bars_outside_sessions', field: 'market', message });
  }
  const { openTimeMs, timeframe } = panel;
  const ofFeatures = calendarWarnings(features, panel).filter((warning) => warning.market !== market);
  return [...warnings, ...endsOfCalendars([market], openTimeMs, timeframe), ...ofFeatures];
}

function named(symbols: readonly string[]): string {
  const rest = symbols.length - MOST_NAMED;
  return `${symbols.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
