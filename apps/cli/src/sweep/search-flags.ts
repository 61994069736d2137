import type { MetricDirection, SearchMethod } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { WITH_CPCV, WITH_SAMPLES, WITH_STRATEGY } from '../input/flag-scopes';

/** What cells are ranked by. */
export type RankedBy = 'sharpe' | 'total_return' | 'max_drawdown' | 'plateau';

const DEFAULT_SEED = 1;

export const SEARCH_FLAGS: readonly FlagSpec[] = [
  { name: 'top', kind: 'integer', min: 1, default: '10', help: 'how many of the best cells to show' },
  {
    name: 'by',
    kind: 'choice',
    choices: ['sharpe', 'total_return', 'max_drawdown', 'plateau'],
    default: 'sharpe',
    help: 'what the best cells are the best by; plateau: the Sharpe ratio judged with the neighbours on the grid',
  },
  {
    name: 'search',
    kind: 'choice',
    choices: ['exhaustive', 'random', 'tpe'],
    default: 'exhaustive',
    help: 'every cell, or --samples of them: at random, or where a Parzen estimator expects the best by --by',
  },
  { name: 'samples', kind: 'integer', min: 1, help: 'cells to evaluate', scope: WITH_SAMPLES },
  {
    name: 'seed',
    kind: 'integer',
    help: `the same seed gives the same cells on any number of threads; ${DEFAULT_SEED} if not given`,
    scope: WITH_SAMPLES,
  },
];

export const TUNING_FLAGS: readonly FlagSpec[] = [
  {
    name: 'objective',
    kind: 'choice',
    choices: ['backtest', 'cpcv'],
    default: 'backtest',
    help: 'figures in sample, or means over the 15 splits of purged cross-validation, out of sample',
    scope: WITH_STRATEGY,
  },
  {
    name: 'prune',
    kind: 'choice',
    choices: ['none', 'median'],
    default: 'none',
    help: 'give a cell up once its mean over the splits so far is worse than the median of the whole cells before it',
    scope: WITH_CPCV,
  },
  { name: 'emit', kind: 'text', value: 'FILE', help: 'write the Strategy JSON of the best cell', scope: WITH_STRATEGY },
];

/** A search for some of the cells. */
export interface SampledSearch {
  method: SearchMethod;
  samples: number;
  seed: number;
  /** The figure a guided search looks at; for `plateau` the Sharpe ratio, since a cell alone has no plateau. */
  metric: Exclude<RankedBy, 'plateau'>;
  direction: MetricDirection;
}

/** The search asked for; null means exhaustive. */
export function searchOf(args: Args): SampledSearch | null {
  const method = args.text('search') as SearchMethod | 'exhaustive';
  if (method === 'exhaustive') return null;
  args.require('samples', `by --search ${method}`);
  const metric = figureOf(args);
  const seed = args.optionalNumber('seed') ?? DEFAULT_SEED;
  return { method, samples: args.number('samples'), seed, metric, direction: directionOf(metric) };
}

/** The figure behind what cells are ranked by; for `plateau` the Sharpe ratio. */
export const figureOf = (args: Args): Exclude<RankedBy, 'plateau'> => {
  const by = rankedBy(args);
  return by === 'plateau' ? 'sharpe' : by;
};

export const rankedBy = (args: Args): RankedBy => args.text('by') as RankedBy;

export const directionOf = (by: RankedBy): MetricDirection => (by === 'max_drawdown' ? 'lowest' : 'highest');
