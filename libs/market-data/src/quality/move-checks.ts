import { isDated } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '../calendars/civil-date';
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
export function moveChecks(bars: BarColumns, calendar: SessionCalendar): Graded[] {
  const { open, high, low, close } = bars;
  if (close.length < FEWEST_BARS) return [];
  const moves = new Float64Array(close.length);
  for (let i = 1; i < close.length; i += 1) moves[i] = Math.log(close[i] / close[i - 1]);
  const { center, sigma } = robustScale(moves.subarray(1));
  if (!(sigma > 0)) return [];
  const limit = OUTLIER_SIGMAS * sigma;
  const far = (i: number): boolean => Math.abs(moves[i] - center) > limit;

  const bounces = (i: number): boolean =>
    i + 1 < close.length && far(i) && Math.abs(Math.log(open[i + 1] / close[i - 1])) <= COME_BACK * Math.abs(moves[i]);
  const wick = (i: number): boolean =>
    Math.log(high[i] / Math.max(open[i], close[i])) > limit || Math.log(Math.min(open[i], close[i]) / low[i]) > limit;
  // where it opened tells a split, which comes over night, from a fall within the session
  const splits = (i: number): boolean => far(i) && !bounces(i) && splitOf(open[i] / close[i - 1]) !== null;

  return [
    ...warned(bars, far, 'outlier', { limit_log_return: limit }, (count, first) => {
      return `${count} bars move by more than ${percent(limit)} (${OUTLIER_SIGMAS} robust standard deviations), first ${first}`;
    }),
    ...warned(
      bars,
      (i) => bounces(i) || wick(i),
      'spike',
      { limit_log_return: limit },
      (count, first) => {
        return `${count} bars jump by more than ${percent(limit)} and are back at once, as a wrong print does, first ${first}`;
      },
    ),
    ...possibleSplits(bars, splits, calendar),
  ];
}

function warned(
  bars: BarColumns,
  test: (i: number) => boolean,
  code: 'outlier' | 'spike',
  facts: Record<string, number>,
  text: (count: number, first: string) => string,
): Graded[] {
  const counts = collect(bars, test, 1);
  if (counts.count === 0) return [];
  return [{ severity: 'warning', code, ...counts, facts, message: text(counts.count, counts.sample[0]) }];
}

/** New shares for an old one, where the price steps like that; else null. */
function splitOf(step: number): number | null {
  const ratio = step > 1 ? step : 1 / step;
  const split = SPLIT_RATIOS.find((one) => Math.abs(ratio / one - 1) <= SPLIT_TOLERANCE);
  return split === undefined ? null : step > 1 ? 1 / split : split;
}

function possibleSplits(bars: BarColumns, test: (i: number) => boolean, calendar: SessionCalendar): Graded[] {
  const { open, close, openTimeMs, timeframe } = bars;
  const splits: { ex_date: string; value: number }[] = [];
  const counts = collect(
    bars,
    (i) => {
      if (!test(i)) return false;
      const time = openTimeMs[i];
      const exDate = isDated(timeframe) ? dateOfUtc(time) : calendar.tradingDate(time);
      if (splits.length < MOST_SAMPLED) splits.push({ ex_date: exDate, value: splitOf(open[i] / close[i - 1])! });
      return true;
    },
    1,
  );
  if (counts.count === 0) return [];
  const [{ ex_date: date, value }] = splits;
  const message =
    `${counts.count} times the price steps by the ratio of a split and stays there, first ${counts.sample[0]}: are the ` +
    `prices adjusted? A split in prices as traded is declared with assay data actions add --split ${date}:${value}`;
  return [{ severity: 'warning', code: 'possible_split', ...counts, facts: { splits }, message }];
}

function robustScale(moves: Float64Array): { center: number; sigma: number } {
  const center = median(moves);
  return { center, sigma: MAD_TO_SIGMA * median(moves.map((move) => Math.abs(move - center))) };
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
