import type { ImportWarningCode, MarketCode, Timeframe } from '@assay/contracts';
import { sliceBars, type BarColumns } from '@assay/domain';
import { invalid, timeText } from '@assay/primitives';
import { splitText, unadjustedSplits, type PriceBasis, type StatedAction, type UnadjustedSplit } from '../adjustments';
import { calendarFor, type SessionCalendar } from '../calendars';
import { readBarsFile, refuseRepairs, stampPeriods, type ParsedBars, type ReadNote, type ReadOptions } from '../files';
import { closedCount } from './closed-bars';
import { columnActions, type ActionColumns } from './column-actions';
import { dropOutside, requireSessions } from './session-dates';

/** `drop` leaves them out, with a warning. */
export type OutsideSessions = 'refuse' | 'drop' | 'keep';

export interface ImportOptions {
  symbol: string;
  source: string;
  timeframe: Timeframe;
  market: MarketCode;
  /** `adj_close` keeps adjusted close / close of the file; `none` leaves it out. */
  adjust: PriceBasis;
  /** What becomes of columns of dividends and splits; default `none`: they are kept as columns. */
  actions?: ActionColumns;
  /** What to do with daily bars on dates without a session. */
  outsideSessions: OutsideSessions;
  /** How the file is read, where it is not as it would be recognised. */
  reading?: Omit<ReadOptions, 'symbol' | 'source' | 'timeframe' | 'dateZone' | 'require'>;
  /** Bars that close after it are left out. */
  nowMs: number;
}

export interface ImportWarning {
  code: ImportWarningCode;
  message: string;
  count: number;
  /** Of the bars in the file, in [0, 1]. */
  share: number;
  /** Dates or open times, the first twenty. */
  sample: string[];
}

export interface ReadImport {
  bars: BarColumns;
  adjFactor: Float64Array | null;
  /** Corporate actions that the file states, to be stored with the bars. */
  actions?: readonly StatedAction[];
  recognised: ReadNote[];
  repairs: ReadNote[];
  warnings: ImportWarning[];
}

const MOST_SAMPLED = 20;

/**
 * Bars of a file as they are stored: closed ones, on dates of the market, a close-only file with its close as open, high
 * and low. Everything that was recognised, mended or left out is in the answer. Pure, so that any thread can run it.
 * @throws DomainError `validation_failed` that names line, column, rule and value.
 */
export async function readImport(content: string | Uint8Array, options: ImportOptions): Promise<ReadImport> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return importOf(await readBarsFile(bytes, readingOf(options)), options);
}

/** How an import reads its file. */
export const readingOf = ({ symbol, source, timeframe, market, reading = {} }: ImportOptions): ReadOptions => ({
  ...reading,
  ...{ symbol, source, timeframe },
  dateZone: reading.zone ?? calendarFor(market).zone,
  require: ['date', 'close'],
});

/** What an import makes of the bars that were read. @throws DomainError as `readImport` */
export function importOf(
  parsed: Pick<ParsedBars, 'bars' | 'adjFactor' | 'lines' | 'present' | 'recognised' | 'repairs'>,
  options: ImportOptions,
): ReadImport {
  const calendar = calendarFor(options.market);
  const { recognised } = parsed;
  const { strict } = options.reading ?? {};
  requireFactor(options, parsed.adjFactor !== null);
  const { actions: asked = 'none' } = options;
  const { bars: stamped, repairs: restamped } = stampPeriods(withPrices(parsed), parsed.lines, calendar);
  if (strict) refuseRepairs(restamped);
  const repairs = [...parsed.repairs, ...restamped];
  if (options.outsideSessions === 'refuse') requireSessions(stamped, parsed.lines, calendar);
  const given = { bars: stamped, adjFactor: parsed.adjFactor, lines: parsed.lines };
  const within = options.outsideSessions === 'drop' ? dropOutside(given, calendar) : { ...given, dropped: [] };
  const { bars, adjFactor, lines, dropped } = within;
  const count = closedCount(bars, calendar, options.nowMs);
  const read = {
    count: lines.length,
    times: (from: number, to: number) => bars.openTimeMs.subarray(from, to),
    lineOf: (bar: number) => lines[bar],
  };
  const warnings = [
    ...droppedWarning(dropped, parsed.lines.length, options, calendar),
    ...unclosedWarning(read, count, options, calendar),
  ];
  if (warnsOfSplits(options)) warnings.push(...splitWarning(unadjustedSplits(bars, adjFactor), lines.length));
  const closed = sliceBars(bars, 0, count);
  return {
    ...(asked === 'none' ? { bars: closed, actions: [] } : columnActions(closed, lines, calendar, asked)),
    adjFactor: options.adjust === 'adj_close' ? adjFactor!.subarray(0, count) : null,
    ...{ recognised, repairs, warnings },
  };
}

/** @throws DomainError where adjusted closes are wanted and the file has none, or its actions are wanted too */
export function requireFactor({ adjust, actions = 'none' }: ImportOptions, hasFactor: boolean): void {
  if (adjust !== 'adj_close') return;
  if (!hasFactor) {
    const message = 'adjust adj_close needs a column Adj Close, the file has none';
    throw invalid([{ field: 'adjust', rule: 'adj_close_column', value: adjust, message }]);
  }
  if (actions === 'none') return;
  const message = `actions must be none with adjust adj_close, whose factors hold splits and dividends already, was ${actions}`;
  throw invalid([{ field: 'actions', rule: 'one_of', value: actions, message }]);
}

/** Whether steps by splits, which the adjusted close of the file knows, are left in the prices. */
export const warnsOfSplits = ({ adjust, actions }: ImportOptions): boolean =>
  adjust === 'none' && actions !== 'from_columns';

/** A close-only file becomes bars whose open, high and low are the close; an absent volume stays missing. */
export function withPrices({ bars, present }: Pick<ParsedBars, 'bars' | 'present'>): BarColumns {
  const orClose = (name: 'open' | 'high' | 'low'): Float64Array => (present.has(name) ? bars[name] : bars.close);
  return { ...bars, open: orClose('open'), high: orClose('high'), low: orClose('low') };
}

/** Bars of a file, wherever they lie. */
interface BarsRead {
  count: number;
  /** Open times of bars [from, to), as far as there are. */
  times(from: number, to: number): Float64Array;
  lineOf(bar: number): number;
}

/** Says which bars are not closed yet. @throws DomainError where none is, and where `strict` leaves nothing out */
export function unclosedWarning(
  { count: read, times, lineOf }: BarsRead,
  closed: number,
  { reading }: ImportOptions,
  { market }: SessionCalendar,
): ImportWarning[] {
  const count = read - closed;
  if (count === 0) return [];
  const open = Array.from(times(closed, closed + MOST_SAMPLED), timeText);
  const first = `${open[0]} on line ${lineOf(closed)}`;
  if (closed === 0) {
    const message = `bars must be closed, none of the ${count} is yet: the first opens ${first}`;
    throw invalid([{ field: 'content', rule: 'closed_bars', value: open[0], message }]);
  }
  const what = count === 1 ? 'the last bar was' : `the last ${count} bars were`;
  const message = `${what} left out, since the session of ${market} that closes it is not over: ${first}; import it again after the close`;
  if (reading?.strict) refuseRepairs([{ code: 'unclosed_bar', message }]);
  return [{ code: 'unclosed_bar', message, count, share: count / read, sample: open }];
}

function droppedWarning(
  dropped: readonly string[],
  read: number,
  { reading }: ImportOptions,
  { market }: SessionCalendar,
): ImportWarning[] {
  if (dropped.length === 0) return [];
  const what = dropped.length === 1 ? 'a daily bar was' : `${dropped.length} daily bars were`;
  const message = `${what} left out, on dates without a session of ${market}, the first ${dropped[0]}`;
  if (reading?.strict) refuseRepairs([{ code: 'outside_sessions', message }]);
  const counts = { count: dropped.length, share: dropped.length / read };
  return [{ code: 'outside_sessions', message, ...counts, sample: dropped.slice(0, MOST_SAMPLED) }];
}

/** @param read how many bars the file has */
export function splitWarning(splits: readonly UnadjustedSplit[], read: number): ImportWarning[] {
  if (splits.length === 0) return [];
  const sample = splits.slice(0, MOST_SAMPLED).map(({ openTimeMs }) => timeText(openTimeMs));
  const message = splitText(splits, 'import with adjust adj_close');
  const counts = { count: splits.length, share: splits.length / read };
  return [{ code: 'unadjusted_split', message, ...counts, sample }];
}
