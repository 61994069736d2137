import type { ScoredFrom } from '@assay/pipeline';
import { barTime, type BarsFile } from '../input/bars-file';

/** Where scoring begins; templates have no lookback of their own and score every bar. */
export type FirstScored = ScoredFrom | { index: 0; rule: 'first_bar' };

export const FROM_FIRST_BAR: FirstScored = { index: 0, rule: 'first_bar' };

const BECAUSE: Record<FirstScored['rule'], string> = {
  first_bar: 'the first bar',
  lookback: 'the first after the lookback',
  start: 'the first of --start',
  score_from: 'that of --score-from',
  train_end: 'the first after what the model was trained on',
  policy: "the gates' first, or the first after the lookback",
};

const timeOf = (index: number, { bars, present }: BarsFile): string | null =>
  present.has('date') ? new Date(bars.openTimeMs[index]).toISOString() : null;

export function scoredFromDocument({ index, rule }: FirstScored, file: BarsFile): Record<string, unknown> {
  return { index, time: timeOf(index, file), rule };
}

/** One line for people. */
export function scoredFromText({ index, rule }: FirstScored, file: BarsFile): string {
  const time = file.present.has('date') ? `, ${barTime(file.bars, index)}` : '';
  return `scored from bar ${index}${time}: ${BECAUSE[rule]}\n`;
}
