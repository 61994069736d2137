import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '../calendars';
import type { CorporateAction } from './corporate-action';
import { factorSteps, type FactorStep } from './factor-steps';
import { placeActions, type IdleAction } from './place-actions';

/**
 * The factors that corporate actions give the bars of a series, which hold at least one, by raw closes.
 * @throws DomainError `conflict` as `factorSteps`
 */
export function actionSteps(
  { openTimeMs, close, timeframe }: Pick<BarColumns, 'openTimeMs' | 'close' | 'timeframe'>,
  actions: readonly CorporateAction[],
  calendar: SessionCalendar,
): { steps: FactorStep[]; idle: IdleAction[] } {
  const ends = { timeframe, firstOpenMs: openTimeMs[0], lastOpenMs: openTimeMs[openTimeMs.length - 1] };
  const { placed, idle } = placeActions(actions, ends, calendar);
  return { steps: factorSteps(placed, (exMs) => close[countBefore(openTimeMs, exMs) - 1]), idle };
}

/** How many of rising times are before an instant. */
function countBefore(times: Float64Array, instantMs: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (times[middle] < instantMs) from = middle + 1;
    else to = middle;
  }
  return from;
}
