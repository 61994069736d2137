import { betterOf, type MetricDirection, type MetricKey, type SearchMethod } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { WITH_CPCV, WITH_SAMPLES, WITH_STRATEGY } from '../input/flag-scopes';

/** Columns of every sweep after its parameters. */
export const FIGURES = ['total_return', 'sharpe', 'max_drawdown'] as const;
type Figure = (typeof FIGURES)[number];

/** What cells are ranked by. */
export type RankedBy = Figure | 'plateau' | MetricKey;

const DEFAULT_SEED = 1;

export const SEARCH_FLAGS: readonly FlagSpec[] = [
  { name: 'top', kind: 'integer', min: 1, default: '10', help: 'how many of the best cells to show' },
  {
    name: 'by',
    kind: 'text',
    value: 'FIGURE',
    default: 'sharpe',
    help: 'what the best cells are the best by: sharpe, total_return, max_drawdown, plateau (the Sharpe ratio judged with the neighbours on the grid), or a metric of `assay metrics --list`',
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
  metric: Figure | MetricKey;
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
export function figureOf(args: Args): Figure | MetricKey {
  const by = rankedBy(args);
  return by === 'plateau' ? 'sharpe' : by;
}

/** The metric that every cell needs beside its figures; undefined where they are enough. */
export function metricOf(args: Args): MetricKey | undefined {
  const figure = figureOf(args);
  return isFigure(figure) ? undefined : figure;
}

const isFigure = (name: string): name is Figure => FIGURES.some((figure) => figure === name);

/** @throws UsageError naming what there is to rank by. */
export function rankedBy(args: Args): RankedBy {
  const by = args.text('by');
  if (isFigure(by) || by === 'plateau' || betterOf(by) !== null) return by as RankedBy;
  const metrics = 'or a metric of `assay metrics --list` of which one value is the better';
  throw new UsageError(`--by must be one of sharpe, total_return, max_drawdown, plateau, ${metrics}, was ${by}`);
}

/** By the catalogue of metrics; the Sharpe ratio and its plateau score are the better the higher. */
export const directionOf = (by: RankedBy): MetricDirection => (betterOf(by) === 'lower' ? 'lowest' : 'highest');
