import { isDated, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { inNumber, invalid } from '@assay/primitives';
import { calendarFor, type SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import type { ReadNote } from '../files';
import type { ResampleNote } from '../resampling';
import { BarBuilder } from './bar-builder';
import { cutBars, type TradeBars } from './bar-columns';
import type { BarRule } from './bar-rule';
import { readTrades, type TradeReadOptions } from './read-trades';
import { SessionGrid } from './session-grid';
import { tradeTimeText } from './trade-time';

export interface TradeBarsOptions {
  rule: BarRule;
  reading?: TradeReadOptions;
  /** Of bars of time: the file holds all trades from here and until there, so bars between are whole. UTC milliseconds. */
  wholeFromMs?: number;
  wholeUntilMs?: number;
  /** Of bars of time: what to do with trades outside of sessions. */
  outsideSessions?: 'refuse' | 'drop';
}

/** Bars made of a file of trades, and how it was read. */
export interface BarsOfTrades {
  rule: BarRule;
  bars: TradeBars;
  /** Whether the file says who took liquidity: without it no bar has a buy volume. */
  hasSides: boolean;
  symbol: string | null;
  layout: string | null;
  /** Trades in the file. */
  trades: number;
  notes: ResampleNote[];
  recognised: ReadNote[];
  repairs: ReadNote[];
}

const MOST_SAMPLED = 20;

/**
 * Bars of a file of trades. Needs nothing but its arguments, so that any thread can run it. The last bar of ticks, volume
 * or dollars that the trades do not fill is left out; so are a first and a last bar of time, unless the options say that
 * the file is whole there (the first also where a trade stands at its opening). A bar of time without a trade is none.
 * @throws DomainError `validation_failed` as `readTrades`; for trades outside of sessions unless they may be dropped, and
 * where no bar is left
 */
export async function barsOfTrades(input: Uint8Array, options: TradeBarsOptions): Promise<BarsOfTrades> {
  const { rule, reading = {} } = options;
  const calendar = rule.kind === 'time' ? calendarFor(rule.market) : null;
  const grid = rule.kind === 'time' ? new SessionGrid(calendar!, rule.timeframe) : null;
  const builder = new BarBuilder(rule, grid);
  const file = await readTrades(input, reading, () => (block) => builder.add(block));
  const notes: ResampleNote[] = [];
  if (builder.outside.count > 0) notes.push(outsideNote(builder, calendar!, options));
  const bars =
    rule.kind === 'time'
      ? wholeBars(builder, { timeframe: rule.timeframe, calendar: calendar!, options, notes })
      : filledBars(builder, notes);
  if (bars.count === 0) throw refuseEmpty(file.trades, notes);
  if (calendar !== null) {
    const warning = calendar.endWarning(dateOfUtc(bars.closeMs[bars.count - 1]));
    if (warning) notes.push({ code: 'calendar_not_covered', count: 1, sample: [], message: warning.message });
  }
  return { rule, bars, notes, ...file };
}

/** Closed bars, without what the last trades begin. */
function filledBars(builder: BarBuilder, notes: ResampleNote[]): TradeBars {
  const { bars, left } = builder;
  if (left > 0) {
    const begun = tradeTimeText(bars.openMs[bars.count], bars.openNs[bars.count]);
    const message = `the last bar, begun at ${begun} by ${inNumber(left, 'trade', 'trades')}, was left out: the file ends before it is filled`;
    notes.push({ code: 'incomplete_last', count: left, sample: [begun], message });
  }
  return cutBars(bars, 0, bars.count);
}

function wholeBars(
  builder: BarBuilder,
  how: { timeframe: Timeframe; calendar: SessionCalendar; options: TradeBarsOptions; notes: ResampleNote[] },
): TradeBars {
  const { timeframe, calendar, options, notes } = how;
  builder.closeOpen();
  const { bars } = builder;
  let [from, to] = [0, bars.count];
  const say = (code: 'incomplete_first' | 'incomplete_last', bar: number, why: string): void => {
    const label = isDated(timeframe) ? dateOfUtc(bars.openMs[bar]) : tradeTimeText(bars.openMs[bar], 0);
    notes.push({ code, count: 1, sample: [label], message: `the ${timeframe} bar of ${label} was left out: ${why}` });
  };
  const { wholeFromMs = Infinity, wholeUntilMs = -Infinity } = options;
  const last = to - 1;
  if (last >= 0 && calendar.barCloseMs(bars.openMs[last], timeframe) > wholeUntilMs) {
    to -= 1;
    say('incomplete_last', last, 'no trade is after it; where the file holds all of it, state until');
  }
  const opensMs = to > 0 ? calendar.barOpenMs(bars.openMs[0], timeframe)! : NaN;
  if (to > 0 && opensMs < wholeFromMs && builder.firstMs !== opensMs) {
    from = 1;
    say('incomplete_first', 0, 'no trade is before it; where the file holds all of it, state from');
  }
  return cutBars(bars, from, to);
}

function outsideNote({ outside }: BarBuilder, { market }: SessionCalendar, options: TradeBarsOptions): ResampleNote {
  const sample = outside.timesMs.map((ms) => tradeTimeText(ms, 0));
  const { count } = outside;
  if (options.outsideSessions !== 'drop') {
    const message =
      `trades must lie in sessions of the market ${market}, ${count} ${count === 1 ? 'does' : 'do'} not, first ${sample[0]}; ` +
      'state the market they are of, or outside_sessions drop';
    throw invalid([{ field: 'trades', rule: 'session_times', value: sample, message }]);
  }
  const message = `${inNumber(count, 'trade lies', 'trades lie')} outside of the sessions of ${market} and ${count === 1 ? 'was' : 'were'} left out, first ${sample[0]}`;
  return { code: 'outside_sessions', count, sample: sample.slice(0, MOST_SAMPLED), message };
}

function refuseEmpty(trades: number, notes: readonly ResampleNote[]): Error {
  const why = notes.map(({ message }) => `: ${message}`).join('');
  const message = `trades must fill at least one bar, the ${trades} of the file fill none${why}`;
  return invalid([{ field: 'trades', rule: 'whole_bar', value: trades, message }]);
}

/** Bars of time as columns of a series, with trades, buy_volume, vwap and dollar beside them. */
export function seriesOfTrades(made: BarsOfTrades, symbol: string, source: string): BarColumns {
  const { rule, bars, hasSides } = made;
  if (rule.kind !== 'time') throw new Error(`bars of ${rule.kind} are no series of a calendar`);
  const { openMs: openTimeMs, open, high, low, close, volume, trades, buyVolume, vwap, dollar } = bars;
  const extra = { trades, ...(hasSides ? { buy_volume: buyVolume } : {}), vwap, dollar };
  return { symbol, source, timeframe: rule.timeframe, openTimeMs, open, high, low, close, volume, extra };
}
