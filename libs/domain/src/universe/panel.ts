import type { Timeframe, UniverseDocument } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import type { PricePanel } from '@assay/quant';
import type { BarColumns, Calendar } from '../ports';
import { Membership, sortedMembers } from './membership';
import { NO_SESSION, NOBODY, takenBars } from './taken-bars';
import { TradingDays } from './trading-days';
import { unionOfTimes } from './union-of-times';

/** The bars of a universe: dense prices for the engines, and each symbol's own bars for its features. */
export interface UniversePanel extends PricePanel {
  readonly timeframe: Timeframe;
  readonly open: Float64Array;
  /** Date of each bar and of the next in the market's calendar, as days since 1970-01-01. */
  readonly days: Float64Array;
  readonly nextDays: Float64Array;
  /** The bars of each symbol that are on the panel's; null where it has none. */
  readonly series: readonly (BarColumns | null)[];
  /** The panel's bar of each of them. */
  readonly bars: readonly Int32Array[];
  /** Bars that were left out since the market has no session there. */
  readonly outsideSessions: number;
}

/**
 * Puts the bars of symbols side by side. A bar of the panel is a session at which at least one member has a close; a bar
 * without a close is none. Series of symbols that the document does not name are left out.
 * @throws DomainError `validation_failed` for series of another timeframe, doubled ones, doubled times or times out of order, or none that has a bar
 */
export function buildPanel(
  document: Pick<UniverseDocument, 'universe' | 'timeframe'>,
  series: readonly BarColumns[],
  calendar: Calendar,
): UniversePanel {
  const { symbols, found, times, kept } = placed(document, series, calendar);
  const n = kept.openTimeMs.length;
  const open = new Float64Array(symbols.length * n).fill(NaN);
  const close = new Float64Array(symbols.length * n).fill(NaN);
  let outsideSessions = 0;
  const taken = found.map((one, i) => {
    if (one === null) return { series: null, bars: new Int32Array(0) };
    const own = takenBars(one, times, kept.barOf);
    outsideSessions += own.outsideSessions;
    const {
      bars,
      series: { open: opens, close: closes },
    } = own;
    for (let k = 0; k < bars.length; k++) {
      open[i * n + bars[k]] = opens[k];
      close[i * n + bars[k]] = closes[k];
    }
    return bars.length === 0 ? { series: null, bars } : own;
  });
  return {
    symbols,
    timeframe: document.timeframe,
    openTimeMs: kept.openTimeMs,
    days: kept.days,
    nextDays: kept.nextDays,
    open,
    close,
    series: taken.map((one) => one.series),
    bars: taken.map((one) => one.bars),
    outsideSessions,
  };
}

/** Open times of the bars that `buildPanel` makes of the same. @throws DomainError like it */
export const panelTimes = (...of: Parameters<typeof buildPanel>): Float64Array => placed(...of).kept.openTimeMs;

/** Which series are whose, and which of their times become bars. */
function placed(
  document: Pick<UniverseDocument, 'universe' | 'timeframe'>,
  series: readonly BarColumns[],
  calendar: Calendar,
) {
  const members = sortedMembers(document);
  const symbols = members.map(({ symbol }) => symbol);
  const found = matched(symbols, series, document.timeframe);
  const times = unionOfTimes(found.flatMap((one) => (one ? [one.openTimeMs] : [])));
  const kept = keptTimes(times, found, new Membership(members), new TradingDays(document.timeframe, calendar));
  if (kept.openTimeMs.length === 0) {
    const message = 'bars must hold at least one session with a close of a member of the universe, had none';
    throw invalid([{ field: 'bars', rule: 'non_empty', value: series.length, message }]);
  }
  return { symbols, found, times, kept };
}

function matched(
  symbols: readonly string[],
  series: readonly BarColumns[],
  timeframe: Timeframe,
): (BarColumns | null)[] {
  const bySymbol = new Map<string, BarColumns>();
  for (const one of series) {
    if (bySymbol.has(one.symbol)) {
      const message = `bars must have each symbol once, had ${one.symbol} twice`;
      throw invalid([{ field: 'bars', rule: 'unique', value: one.symbol, message }]);
    }
    if (one.timeframe !== timeframe && symbols.includes(one.symbol)) {
      const message = `bars of ${one.symbol} must be of timeframe ${timeframe}, were of ${one.timeframe}`;
      throw invalid([{ field: 'bars', rule: 'timeframe', value: one.timeframe, message }]);
    }
    assertAscending(one);
    bySymbol.set(one.symbol, one);
  }
  return symbols.map((symbol) => bySymbol.get(symbol) ?? null);
}

function assertAscending({ symbol, openTimeMs }: BarColumns): void {
  for (let k = 1; k < openTimeMs.length; k++) {
    if (openTimeMs[k] > openTimeMs[k - 1]) continue;
    const [at, before] = [openTimeMs[k], openTimeMs[k - 1]].map((time) => new Date(time).toISOString());
    const message = `bars of ${symbol} must have each time once, in order, had ${at} after ${before}`;
    throw invalid([{ field: 'bars', rule: 'ascending', value: at, message }]);
  }
}

/** Which of the times become bars of the panel; `barOf` has the bar of each time, or why it is none. */
function keptTimes(
  times: Float64Array,
  found: readonly (BarColumns | null)[],
  membership: Membership,
  trading: TradingDays,
): { openTimeMs: Float64Array; days: Float64Array; nextDays: Float64Array; barOf: Int32Array } {
  const days = new Float64Array(times.length);
  const nextDays = new Float64Array(times.length);
  const barOf = new Int32Array(times.length).fill(NOBODY);
  times.forEach((time, k) => {
    const of = trading.of(time);
    if (of === null) barOf[k] = NO_SESSION;
    days[k] = of?.day ?? NaN;
    nextDays[k] = of?.next ?? NaN;
  });
  found.forEach((one, i) => {
    if (one === null) return;
    const { openTimeMs, close } = one;
    for (let k = 0, at = 0; k < openTimeMs.length; k++, at++) {
      while (times[at] !== openTimeMs[k]) at++;
      if (barOf[at] === NOBODY && close[k] === close[k] && membership.has(i, days[at])) barOf[at] = 0;
    }
  });
  const kept: number[] = [];
  for (let k = 0; k < times.length; k++) if (barOf[k] === 0) barOf[k] = kept.push(k) - 1;
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (k) => column[k]);
  return { openTimeMs: pick(times), days: pick(days), nextDays: pick(nextDays), barOf };
}
