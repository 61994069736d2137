import { requireThat } from '../../errors/invalid-input';
import { checkTreeRows, type TreeRows } from '../trees/tree-rows';
import type { SplitRules } from '../trees/best-split';
import type { TeamHelpers } from '../../team/team-helpers';
import type { BoostingJob } from './boosting-job';

export interface BoostingOptions extends TreeRows, SplitRules {
  /** At most so many. */
  readonly trees: number;
  /** Part of each leaf's value that is added, in (0, 1]. */
  readonly rate: number;
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly maxBins: number;
  /** Part of the rows, and of the columns, that each tree is grown on; drawn without replacement, in (0, 1]. */
  readonly rowFraction: number;
  readonly columnFraction: number;
  readonly seed: number;
  /** Rows that no tree is grown on, and how many trees may follow the best one on them. */
  readonly validation?: {
    readonly rows: Float64Array;
    readonly labels: Float64Array;
    readonly patience: number;
  };
  /** Threads that share the work; the model has the same bits with any number of them. Default: none. */
  readonly helpers?: TeamHelpers<BoostingJob>;
  /** How long they are waited for while none gets on; default 30 s. */
  readonly patienceMs?: number;
}

const isFraction = (x: number): boolean => x > 0 && x <= 1;
const isCount = (x: number, least: number): boolean => Number.isInteger(x) && x >= least;

/** @throws InvalidInputError that names the option. */
export function checkBoosting(options: BoostingOptions): void {
  checkTreeRows(options);
  const { k, trees, rate, maxDepth, maxLeaves, l2, minChildWeight, minGain, rowFraction, columnFraction, monotone } =
    options;
  requireThat(isCount(trees, 1), 'trees', 'an integer of at least 1', trees);
  requireThat(isFraction(rate), 'rate', 'above 0 and at most 1', rate);
  requireThat(isCount(maxDepth, 1), 'maxDepth', 'an integer of at least 1', maxDepth);
  requireThat(isCount(maxLeaves, 2), 'maxLeaves', 'an integer of at least 2', maxLeaves);
  requireThat(l2 >= 0 && Number.isFinite(l2), 'l2', 'a number >= 0', l2);
  requireThat(minChildWeight >= 0, 'minChildWeight', 'a number >= 0', minChildWeight);
  requireThat(minGain >= 0, 'minGain', 'a number >= 0', minGain);
  requireThat(isFraction(rowFraction), 'rowFraction', 'above 0 and at most 1', rowFraction);
  requireThat(isFraction(columnFraction), 'columnFraction', 'above 0 and at most 1', columnFraction);
  requireThat(monotone.length === 0 || monotone.length === k, 'monotone.length', `0 or ${k} like k`, monotone.length);
}
