import { RANGE_TOLERANCE } from '@assay/domain';
import { inNumber, timeText } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { BarDigest } from './bar-digest';
import { isPresent, type BarWindows, type JudgedColumns } from './bar-windows';
import { collect, MOST_SAMPLED, percent, type Graded } from './finding';
import { moveChecks } from './move-checks';

const REMARKABLE_SHARE = 0.05;
const WHOLE_YEAR_SHARE = 0.9;
const LONG_RUN_BARS = 5;

/** Impossible prices, unlikely ones, and opens that are no opens. */
export function priceChecks(bars: BarWindows, calendar: SessionCalendar): Graded[] {
  if (bars.openTimeMs.length === 0) return [];
  const found = [
    ...invalidPrices(bars),
    ...inconsistentRanges(bars),
    ...zeroVolume(bars),
    ...constantRuns(bars),
    ...repeatedBars(bars),
    ...moveChecks(bars, calendar),
  ];
  if (!calendar.isContinuous) found.push(...repeatedCloses(bars));
  return found;
}

function invalidPrices(all: BarWindows): Graded[] {
  const names = (['open', 'high', 'low', 'close'] as const).filter((name) => isPresent(all, name));
  const counts = collect(all, (bars) => {
    const columns = names.map((name) => bars[name]);
    return (i) => columns.some((column) => !(column[i] > 0 && column[i] < Infinity));
  });
  if (counts.count === 0) return [];
  const message = `${inNumber(counts.count, 'bar has', 'bars have')} a price that is no number above 0, first ${counts.sample[0]}`;
  return [{ severity: 'error', code: 'invalid_price', ...counts, message }];
}

function inconsistentRanges(all: BarWindows): Graded[] {
  const counts = collect(all, ({ open, high, low, close }) => (i) => {
    const [ceiling, floor] = [high[i] * (1 + RANGE_TOLERANCE), low[i] * (1 - RANGE_TOLERANCE)];
    return ceiling < Math.max(open[i], close[i]) || floor > Math.min(open[i], close[i]);
  });
  if (counts.count === 0) return [];
  const message = `${inNumber(counts.count, 'bar has', 'bars have')} an open or close outside ${counts.count === 1 ? 'its' : 'their'} low to high, first ${counts.sample[0]}`;
  return [{ severity: 'error', code: 'inconsistent_range', ...counts, message }];
}

function zeroVolume(all: BarWindows): Graded[] {
  if (!isPresent(all, 'volume')) return [];
  const counts = collect(
    all,
    ({ volume }) =>
      (i) =>
        !(volume[i] > 0),
  );
  if (counts.count === 0) return [];
  const message = `${inNumber(counts.count, 'bar has', 'bars have')} no volume (${percent(counts.share)}), first ${counts.sample[0]}`;
  return [{ severity: 'warning', code: 'zero_volume', ...counts, message }];
}

/** An index whose open merely repeats the last close: a fill at the next open is then a fill at the same close. */
function repeatedCloses(all: BarWindows): Graded[] {
  const repeatsIn =
    ({ open, close }: JudgedColumns) =>
    (i: number): boolean =>
      open[i] === close[i - 1];
  const counts = collect(all, repeatsIn, 1);
  if (counts.share < REMARKABLE_SHARE) return [];
  const years = new Map<number, { bars: number; repeats: number }>();
  for (const { bars, offset, from, to } of all.windows()) {
    const repeats = repeatsIn(bars);
    for (let i = Math.max(from, 1 - offset); i < to; i += 1) {
      const year = new Date(bars.openTimeMs[i]).getUTCFullYear();
      const tally = years.get(year) ?? { bars: 0, repeats: 0 };
      tally.bars += 1;
      if (repeats(i)) tally.repeats += 1;
      years.set(year, tally);
    }
  }
  const byYear = Object.fromEntries([...years].map(([year, tally]) => [year, tally.repeats / tally.bars]));
  const whole = [...years.keys()].filter((year) => byYear[year] >= WHOLE_YEAR_SHARE);
  const almostAll = whole.length > 0 ? `, in ${spans(whole)} nearly all` : '';
  const message =
    `the open equals the previous close on ${percent(counts.share)} of the bars${almostAll}: ` +
    'a fill at the next open is there the same close, which flatters reversal';
  const facts = { share_by_year: byYear };
  return [{ severity: 'warning', code: 'open_equals_previous_close', ...counts, facts, message }];
}

/** 2000, 2001, 2002, 2005 as `2000 to 2002, 2005`. */
function spans(years: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const year of years) {
    const last = parts.at(-1);
    if (last && last[1] === year - 1) last[1] = year;
    else parts.push([year, year]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
}

function constantRuns(all: BarWindows): Graded[] {
  const { openTimeMs } = all;
  const sample: string[] = [];
  const digest = new BarDigest();
  let [count, longest, run] = [0, 0, 1];
  /** The run of a close ends before bar `next` of all. */
  const end = (next: number, close: number): void => {
    if (run >= LONG_RUN_BARS) {
      count += 1;
      for (const value of [openTimeMs[next - run], run, close]) digest.put(value);
      if (sample.length < MOST_SAMPLED) sample.push(timeText(openTimeMs[next - run]));
    }
    longest = Math.max(longest, run);
    run = 1;
  };
  let last = NaN;
  for (const { bars, offset, from, to } of all.windows()) {
    const { close } = bars;
    for (let i = Math.max(from, 1 - offset); i < to; i += 1) {
      if (close[i] === close[i - 1]) run += 1;
      else end(offset + i, close[i - 1]);
    }
    last = close[to - 1];
  }
  end(openTimeMs.length, last);
  if (count === 0) return [];
  const message = `${inNumber(count, 'time', 'times')} the close stands still for ${LONG_RUN_BARS} bars or more, longest ${longest}`;
  const counts = { count, share: count / openTimeMs.length, sample, digest: digest.hex() };
  return [{ severity: 'warning', code: 'constant_run', ...counts, facts: { longest_bars: longest }, message }];
}

/** Trades of two bars are never the same in all five numbers while the price moves: a feed that repeats what it sent. */
function repeatedBars(all: BarWindows): Graded[] {
  const testOf = ({ open, high, low, close, volume }: JudgedColumns): ((i: number) => boolean) => {
    const columns = [close, open, high, low, volume];
    return (i) => high[i] > low[i] && volume[i] > 0 && columns.every((column) => column[i] === column[i - 1]);
  };
  const counts = collect(all, testOf, 1);
  if (counts.count === 0) return [];
  const message = `${inNumber(counts.count, 'bar repeats', 'bars repeat')} the bar before ${counts.count === 1 ? 'it' : 'them'} in all prices and the volume, first ${counts.sample[0]}`;
  return [{ severity: 'warning', code: 'repeated_bar', ...counts, message }];
}
