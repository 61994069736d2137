import type { SelectedMetric, SweepConstraint, SweptParam } from '@assay/contracts';
import type { WalkForwardKind } from '@assay/quant';
import type { FxRequest } from '../backtests/backtest-document';

/** What is kept of the request; a layout other than the policies' own is information, not evidence. */
export interface ValidationRequest {
  policy_layout: boolean;
  folds?: number;
  ratio?: number;
  kind?: WalkForwardKind;
  groups?: number;
  test_groups?: number;
  /** Of a walk-forward that searches. */
  space?: SearchedSpace;
  /** The account's currency and what turned the prices into it: then it is information, too. */
  fx?: FxRequest;
}

/** The parameters that every training window chooses anew, and by what. */
export interface SearchedSpace {
  params: SweptParam[];
  constraints: SweepConstraint[];
  /** Which cells of the whole grid the constraints leave, as in the payload of a sweep; null: all. */
  existing: string | null;
  search: { method: 'exhaustive' } | { method: 'random'; samples: number; seed: number };
  by: SelectedMetric;
}
