import { dateOfUtc } from '@assay/calendars';
import type { StrategyDocument, Warning } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';

/**
 * A `not_yet_fitted` warning where scored bars come before the first prediction of the model: a metric of the whole then
 * counts bars on which nothing could be held. Empty where the model answers from the first scored bar on, or never.
 */
export function firstFitWarning(
  document: StrategyDocument,
  { openTimeMs }: Pick<BarColumns, 'openTimeMs'>,
  predictions: Float64Array | undefined,
  [from, to]: readonly [number, number],
): Warning[] {
  if (predictions === undefined || document.kind !== 'pipeline' || !('refit' in document.model)) return [];
  let first = from;
  while (first < to && Number.isNaN(predictions[first])) first += 1;
  if (first === from || first === to) return [];
  const day = dateOfUtc(openTimeMs[first]!);
  const message =
    `${first - from} of ${to - from} scored bars come before the model's first prediction, which waits for ` +
    `${document.model.refit.min_train} labelled bars: nothing is held on them; ` +
    `score from bar ${first}, ${day}, to leave them out`;
  return [{ code: 'not_yet_fitted', field: 'model.refit.min_train', message }];
}
