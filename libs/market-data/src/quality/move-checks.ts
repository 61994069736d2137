import { isDated } from '@assay/contracts';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import { inNumber } from '@assay/primitives';
import type { BarWindows, JudgedColumns } from './bar-windows';
import { collect, MOST_SAMPLED, percent, type Graded } from './finding';

const FEWEST_BARS = 30;
/** A move this many robust standard deviations from the median return is an outlier. */
const OUTLIER_SIGMAS = 15;
/** Median absolute deviation of a normal variable to its standard deviation. */
const MAD_TO_SIGMA = 1.4826;
/** A bar that left by an outlier has come back when what is left of the move is at most this share of it. */
const COME_BACK = 0.2;
/** New shares for old ones in usual splits; the price goes by the inverse, and back in a reverse split. */
const SPLIT_RATIOS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100];
const SPLIT_TOLERANCE = 0.03;

/** Moves that are rare to a degree that asks for a look: outliers, prices that jump and come back, steps like a split's. */
export function moveChecks(all: BarWindows, calendar: SessionCalendar): Graded[] {
  if (all.openTimeMs.length < FEWEST_BARS) return [];
  const { center, sigma } = robustScale(movesOf(all));
  if (!(sigma > 0)) return [];
  const limit = OUTLIER_SIGMAS * sigma;
  const testsOf = (bars: JudgedColumns) => movesIn(bars, center, limit);

  return [
    ...warned(
      all,
      (bars) => testsOf(bars).far,
      'outlier',
      { limit_log_return: limit },
      (count, first) => {
        return `${inNumber(count, 'bar moves', 'bars move')} by more than ${percent(limit)} (${OUTLIER_SIGMAS} robust standard deviations), first ${first}`;
      },
    ),
    ...warned(
      all,
      (bars) => {
        const { bounces, wick } = testsOf(bars);
        return (i) => bounces(i) || wick(i);
      },
      'spike',
      { limit_log_return: limit },
      (count, first) => {
        return `${inNumber(count, 'bar jumps', 'bars jump')} by more than ${percent(limit)} and ${count === 1 ? 'is' : 'are'} back at once, as a wrong print does, first ${first}`;
      },
    ),
    ...possibleSplits(all, (bars) => testsOf(bars).splits, calendar),
  ];
}

/** What the moves of a window's bars are, of which each but the first has one before it. */
function movesIn({ open, high, low, close }: JudgedColumns, center: number, limit: number) {
  const move = (i: number): number => Math.log(close[i] / close[i - 1]);
  const far = (i: number): boolean => Math.abs(move(i) - center) > limit;
  const bounces = (i: number): boolean =>
    i + 1 < close.length && far(i) && Math.abs(Math.log(open[i + 1] / close[i - 1])) <= COME_BACK * Math.abs(move(i));
  const wick = (i: number): boolean =>
    Math.log(high[i] / Math.max(open[i], close[i])) > limit || Math.log(Math.min(open[i], close[i]) / low[i]) > limit;
  // where it opened tells a split, which comes over night, from a fall within the session
  const splits = (i: number): boolean => far(i) && !bounces(i) && splitOf(open[i] / close[i - 1]) !== null;
  return { far, bounces, wick, splits };
}

/** Log returns from close to close, one fewer than bars. */
function movesOf(all: BarWindows): Float64Array {
  const moves = new Float64Array(all.openTimeMs.length - 1);
  let at = 0;
  for (const { bars, offset, from, to } of all.windows()) {
    const { close } = bars;
    for (let i = Math.max(from, 1 - offset); i < to; i += 1) moves[at++] = Math.log(close[i] / close[i - 1]);
  }
  return moves;
}

function warned(
  all: BarWindows,
  testOf: (bars: JudgedColumns) => (i: number) => boolean,
  code: 'outlier' | 'spike',
  facts: Record<string, number>,
  text: (count: number, first: string) => string,
): Graded[] {
  const counts = collect(all, testOf, 1);
  if (counts.count === 0) return [];
  return [{ severity: 'warning', code, ...counts, facts, message: text(counts.count, counts.sample[0]) }];
}

/** New shares for an old one, where the price steps like that; else null. */
function splitOf(step: number): number | null {
  const ratio = step > 1 ? step : 1 / step;
  const split = SPLIT_RATIOS.find((one) => Math.abs(ratio / one - 1) <= SPLIT_TOLERANCE);
  return split === undefined ? null : step > 1 ? 1 / split : split;
}

function possibleSplits(
  all: BarWindows,
  testOf: (bars: JudgedColumns) => (i: number) => boolean,
  calendar: SessionCalendar,
): Graded[] {
  const splits: { ex_date: string; value: number }[] = [];
  const counts = collect(
    all,
    (bars) => {
      const { open, close, openTimeMs, timeframe } = bars;
      const test = testOf(bars);
      return (i) => {
        if (!test(i)) return false;
        const time = openTimeMs[i];
        const exDate = isDated(timeframe) ? dateOfUtc(time) : calendar.tradingDate(time);
        if (splits.length < MOST_SAMPLED) splits.push({ ex_date: exDate, value: splitOf(open[i] / close[i - 1])! });
        return true;
      };
    },
    1,
  );
  if (counts.count === 0) return [];
  const [{ ex_date: date, value }] = splits;
  const message =
    `${inNumber(counts.count, 'time', 'times')} the price steps by the ratio of a split and stays there, first ${counts.sample[0]}: are the ` +
    `prices adjusted? A split in prices as traded is declared with assay data actions add --symbol SYMBOL --source SOURCE --split ${date}:${value}`;
  return [{ severity: 'warning', code: 'possible_split', ...counts, facts: { splits }, message }];
}

/** Of many bars there is room for the moves once: they are overwritten. */
function robustScale(moves: Float64Array): { center: number; sigma: number } {
  const center = sortedMedian(moves.sort());
  for (let i = 0; i < moves.length; i += 1) moves[i] = Math.abs(moves[i] - center);
  return { center, sigma: MAD_TO_SIGMA * sortedMedian(moves.sort()) };
}

function sortedMedian(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
