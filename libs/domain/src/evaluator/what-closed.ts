import { reasonOf } from '@assay/quant';
import type { BarColumns } from '../ports';
import type { BatchEvaluation } from './types';

interface Exit {
  bar: number;
  what: string;
}

/**
 * In words, the stop, target or time limit that closed the position on bar `index`, or that has kept it flat since; null where the rules
 * alone say how the strategy stands.
 */
export function whatClosed(
  { interventions, weights }: Pick<BatchEvaluation, 'interventions' | 'weights'>,
  { openTimeMs }: Pick<BarColumns, 'openTimeMs'>,
  index: number,
): string | null {
  const exit = interventions && lastExit(interventions, index);
  if (!exit) return null;
  if (exit.bar === index) return exit.what;
  for (let t = exit.bar; t <= index; t++) if (weights[t] !== 0) return null;
  return `flat since bar ${exit.bar} of ${new Date(openTimeMs[exit.bar]).toISOString()}, where ${exit.what}`;
}

function lastExit(
  { index, price, reason, decided }: NonNullable<BatchEvaluation['interventions']>,
  until: number,
): Exit | null {
  let found: Exit | null = null;
  for (let k = 0; k < index.length && index[k] <= until; k++) {
    if (reason[k] === 0) continue;
    found = { bar: index[k], what: `${reasonOf(reason[k])} closed the position at ${price[k]} within the bar` };
  }
  for (let t = until; t > (found?.bar ?? -1); t--) {
    if (decided[t] > 0) return { bar: t, what: `${reasonOf(decided[t])} closes the position by the close of the bar` };
  }
  return found;
}
