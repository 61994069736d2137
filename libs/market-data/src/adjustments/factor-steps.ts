import { refuse } from '@assay/primitives';
import { actionText } from './corporate-action';
import type { PlacedAction } from './place-actions';

/** What the prices of bars stamped before an instant, and not before that of the step before, are multiplied by. */
export interface FactorStep {
  beforeMs: number;
  /** By splits alone. */
  splits: number;
  /** By splits and dividends. */
  total: number;
}

/**
 * Backward adjustment as Yahoo and CRSP describe it: the factor of a bar is the product over all later ex-dates of
 * 1 / ratio for a split and 1 - amount / (last close before the ex-date) for a dividend; 1 after the last of them. A close
 * is carried over actions that fall between two bars: a split of the same date divides it, an earlier dividend lowers it.
 * Oldest first in and out.
 * @param closeBefore raw close of the last bar stamped before the instant
 * @throws DomainError `conflict` for a dividend that is not less than the close before it, and for a factor beyond 1e-100 to 1e100
 */
export function factorSteps(actions: readonly PlacedAction[], closeBefore: (exMs: number) => number): FactorStep[] {
  const steps: FactorStep[] = [];
  for (const { exMs, kind, value, ...action } of actions) {
    let step = steps.at(-1);
    if (step?.beforeMs !== exMs) steps.push((step = { beforeMs: exMs, splits: 1, total: 1 }));
    if (kind === 'split') {
      step.splits /= value;
      step.total /= value;
      continue;
    }
    const price = closeBefore(exMs) * step.total;
    if (!(value < price)) throw refuseDividend({ ...action, kind, value, exMs }, price);
    step.total *= 1 - value / price;
  }
  for (let i = steps.length - 2; i >= 0; i -= 1) {
    steps[i].splits *= steps[i + 1].splits;
    steps[i].total *= steps[i + 1].total;
    if (!isFactor(steps[i].splits) || !isFactor(steps[i].total)) throw refuseFactor(actions[0], steps[i]);
  }
  return steps;
}

/** The factor of each bar, by rising open times. */
export function factorsAt(
  openTimeMs: Float64Array,
  steps: readonly FactorStep[],
  of: 'splits' | 'total',
): Float64Array {
  const factors = new Float64Array(openTimeMs.length).fill(1);
  let i = 0;
  for (const step of steps) for (; i < factors.length && openTimeMs[i] < step.beforeMs; i += 1) factors[i] = step[of];
  return factors;
}

/** Prices and volumes times or by it stay numbers above 0. */
const isFactor = (factor: number): boolean => factor >= 1e-100 && factor <= 1e100;

function refuseFactor({ exDate }: PlacedAction, { total }: FactorStep): Error {
  const message = `corporate actions from ${exDate} on must multiply the prices before them by 1e-100 to 1e100 in all, was ${total}`;
  return refuse('conflict', message, { ex_date: exDate, factor: total });
}

function refuseDividend(action: PlacedAction, price: number): Error {
  const { exDate, kind, value } = action;
  const message = `${actionText(action)} must be less than the close before it, ${price} on the basis of that date, was ${value}`;
  return refuse('conflict', message, { ex_date: exDate, kind, value, close_before: price });
}
