import type { QualityCode } from '@assay/contracts';
import { timeText } from '@assay/primitives';
import { BarDigest } from './bar-digest';
import type { BarWindows, JudgedColumns } from './bar-windows';

/** One finding. An error forbids promotion; a warning has to be acknowledged by a person with a reason. */
export interface QualityFinding {
  code: QualityCode;
  message: string;
  /** How many bars (or sessions) it concerns. */
  count: number;
  /** Of the bars (or sessions) that were looked at, in [0, 1]. */
  share: number;
  /** Some of them by open time or session date; the first ten. */
  sample: string[];
  /** Of all that it concerns, bars by their times and values: whether another report says the same. Older reports have none. */
  digest?: string;
  facts?: Record<string, unknown>;
}

export const MOST_SAMPLED = 10;

export type Graded = QualityFinding & { severity: 'error' | 'warning' };

/** Of the bars that a finding concerns. */
export type Counted = Required<Pick<QualityFinding, 'count' | 'share' | 'sample' | 'digest'>>;

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/**
 * The bars that a test names; `testOf` gives the test of a window's own bars.
 * @param from first bar that is tested: 1 where a bar is told by the one before it, which then is part of the digest
 */
export function collect(
  all: BarWindows,
  testOf: (bars: JudgedColumns) => (i: number) => boolean,
  from: 0 | 1 = 0,
): Counted {
  const sample: string[] = [];
  const digest = new BarDigest();
  let count = 0;
  for (const window of all.windows()) {
    const test = testOf(window.bars);
    for (let i = Math.max(window.from, from - window.offset); i < window.to; i += 1) {
      if (!test(i)) continue;
      count += 1;
      for (let at = i - from; at <= i; at += 1) digest.add(window.bars, at);
      if (sample.length < MOST_SAMPLED) sample.push(timeText(window.bars.openTimeMs[i]));
    }
  }
  return { count, share: count / all.openTimeMs.length, sample, digest: digest.hex() };
}

/** Bars by their open times. */
export function collectAt(all: BarWindows, timesMs: ReadonlySet<number>, from: 0 | 1 = 0): Counted {
  return collect(
    all,
    ({ openTimeMs }) =>
      (i) =>
        timesMs.has(openTimeMs[i]),
    from,
  );
}
