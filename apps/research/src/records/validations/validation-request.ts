import type { FxRequest } from '../backtests/backtest-document';

/** What is kept of the request; a layout other than the policies' own is information, not evidence. */
export interface ValidationRequest {
  policy_layout: boolean;
  folds?: number;
  ratio?: number;
  kind?: 'rolling' | 'expanding';
  groups?: number;
  test_groups?: number;
  /** The account's currency and what turned the prices into it: then it is information, too. */
  fx?: FxRequest;
}
