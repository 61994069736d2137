import type { ImportWarningCode, MarketCode, Timeframe } from '@assay/contracts';
import { sliceBars, type BarColumns } from '@assay/domain';
import { invalid, timeText } from '@assay/primitives';
import { splitText, unadjustedSplits, type PriceBasis, type StatedAction } from '../adjustments';
import { calendarFor, type SessionCalendar } from '../calendars';
import { readBarsFile, refuseRepairs, stampPeriods, type ParsedBars, type ReadNote, type ReadOptions } from '../files';
import { closedCount } from './closed-bars';
import { columnActions, type ActionColumns } from './column-actions';
import { requireSessions } from './session-dates';

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
  outsideSessions: 'refuse' | 'keep';
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
  const calendar = calendarFor(options.market);
  const { symbol, source, timeframe, reading = {} } = options;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const parsed = await readBarsFile(bytes, {
    ...reading,
    ...{ symbol, source, timeframe },
    dateZone: reading.zone ?? calendar.zone,
    require: ['date', 'close'],
  });
  const { adjFactor, recognised } = parsed;
  if (options.adjust === 'adj_close' && adjFactor === null) {
    const message = 'adjust adj_close needs a column Adj Close, the file has none';
    throw invalid([{ field: 'adjust', rule: 'adj_close_column', value: options.adjust, message }]);
  }
  const asked = options.actions ?? 'none';
  if (options.adjust === 'adj_close' && asked !== 'none') {
    const message = `actions must be none with adjust adj_close, whose factors hold splits and dividends already, was ${asked}`;
    throw invalid([{ field: 'actions', rule: 'one_of', value: asked, message }]);
  }
  const { bars, repairs: restamped } = stampPeriods(withPrices(parsed), parsed.lines, calendar);
  if (reading.strict) refuseRepairs(restamped);
  const repairs = [...parsed.repairs, ...restamped];
  if (options.outsideSessions === 'refuse') requireSessions(bars, parsed.lines, calendar);
  const count = closedCount(bars, calendar, options.nowMs);
  const warnings = [
    ...unclosedWarning(bars, count, parsed.lines, calendar),
    ...(options.adjust === 'none' && asked !== 'from_columns' ? splitWarning(bars, adjFactor) : []),
  ];
  if (reading.strict)
    refuseRepairs(warnings.flatMap(({ code, message }) => (code === 'unclosed_bar' ? [{ code, message }] : [])));
  const closed = sliceBars(bars, 0, count);
  return {
    ...(asked === 'none' ? { bars: closed, actions: [] } : columnActions(closed, parsed.lines, calendar, asked)),
    adjFactor: options.adjust === 'adj_close' ? adjFactor!.subarray(0, count) : null,
    ...{ recognised, repairs, warnings },
  };
}

/** A close-only file becomes bars whose open, high and low are the close; an absent volume stays missing. */
function withPrices({ bars, present }: ParsedBars): BarColumns {
  const orClose = (name: 'open' | 'high' | 'low'): Float64Array => (present.has(name) ? bars[name] : bars.close);
  return { ...bars, open: orClose('open'), high: orClose('high'), low: orClose('low') };
}

function unclosedWarning(
  { openTimeMs }: BarColumns,
  closed: number,
  lines: Int32Array,
  { market }: SessionCalendar,
): ImportWarning[] {
  const count = openTimeMs.length - closed;
  if (count === 0) return [];
  const first = `${timeText(openTimeMs[closed])} on line ${lines[closed]}`;
  if (closed === 0) {
    const message = `bars must be closed, none of the ${count} is yet: the first opens ${first}`;
    throw invalid([{ field: 'content', rule: 'closed_bars', value: timeText(openTimeMs[0]), message }]);
  }
  const what = count === 1 ? 'the last bar was' : `the last ${count} bars were`;
  const message = `${what} left out, since the session of ${market} that closes it is not over: ${first}; import it again after the close`;
  const sample = Array.from(openTimeMs.subarray(closed, closed + MOST_SAMPLED), timeText);
  return [{ code: 'unclosed_bar', message, count, share: count / openTimeMs.length, sample }];
}

function splitWarning(bars: BarColumns, adjFactor: Float64Array | null): ImportWarning[] {
  const splits = unadjustedSplits(bars, adjFactor);
  if (splits.length === 0) return [];
  const sample = splits.slice(0, MOST_SAMPLED).map(({ openTimeMs }) => timeText(openTimeMs));
  const message = splitText(splits, 'import with adjust adj_close');
  const counts = { count: splits.length, share: splits.length / bars.openTimeMs.length };
  return [{ code: 'unadjusted_split', message, ...counts, sample }];
}
