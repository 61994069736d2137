import type { QualityCode } from '@assay/contracts';
import { timeText } from '@assay/primitives';
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
  facts?: Record<string, unknown>;
}

export const MOST_SAMPLED = 10;

export type Graded = QualityFinding & { severity: 'error' | 'warning' };

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The bars that a test names, from bar `from` on; `testOf` gives the test of a window's own bars. */
export function collect(
  all: BarWindows,
  testOf: (bars: JudgedColumns) => (i: number) => boolean,
  from = 0,
): { count: number; share: number; sample: string[] } {
  const sample: string[] = [];
  let count = 0;
  for (const window of all.windows()) {
    const test = testOf(window.bars);
    for (let i = Math.max(window.from, from - window.offset); i < window.to; i += 1) {
      if (!test(i)) continue;
      count += 1;
      if (sample.length < MOST_SAMPLED) sample.push(timeText(window.bars.openTimeMs[i]));
    }
  }
  return { count, share: count / all.openTimeMs.length, sample };
}
