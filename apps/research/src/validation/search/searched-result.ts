import { searchedFoldFields, searchFields, type WalkForwardSearchOutcome } from '@assay/pipeline';
import type { BarColumns } from '@assay/domain';
import type { StrategyDocument } from '@assay/contracts';
import { buyAndHoldReturns, concatColumns } from '@assay/quant';
import { basisOf } from '../../runs/basis';
import type { SearchedSpace } from '../../records/validations/validation-request';
import { pathCourses } from '../path-courses';

/** What is stored and shown of a walk-forward that searches; windows as first and last open times. */
export function searchedResult(
  outcome: WalkForwardSearchOutcome,
  document: StrategyDocument,
  { openTimeMs, close }: Pick<BarColumns, 'openTimeMs' | 'close'>,
  { search }: SearchedSpace,
  periodsPerYear: number,
): { summary: Record<string, unknown>; [part: string]: unknown } {
  const time = (bar: number): string => new Date(openTimeMs[bar]!).toISOString();
  const span = ([from, to]: readonly [number, number]): [string, string] => [time(from), time(to - 1)];
  const { folds, stitched, layout, scored, scoredFrom } = outcome;
  const market = buyAndHoldReturns(close);
  const hold = concatColumns(folds.map(({ test }) => market.subarray(...test)));
  // test windows follow one another without a gap
  const { times, equity } = pathCourses([stitched.returns, hold], folds[0]!.test[0], time);
  const fields = searchFields(outcome, document);
  return {
    ...{ layout, scored },
    ...basisOf(scoredFrom, openTimeMs, periodsPerYear),
    folds: folds.map((fold) => ({
      ...{ train: span(fold.train), test: span(fold.test) },
      ...searchedFoldFields(outcome, fold),
    })),
    ...fields,
    stitched: { ...fields.stitched, course: { times, strategy: equity[0], buy_and_hold: equity[1] } },
    summary: { ...fields.summary, search },
  };
}
