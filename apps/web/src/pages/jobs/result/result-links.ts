import type { StrategyTab } from '../../strategies/tabs';

/** The page of something that a job made or worked on. */
export type ResultTarget =
  | {
      to:
        | '/backtests/$id'
        | '/strategies/$id'
        | '/validation/$id'
        | '/features/$id'
        | '/features/models/$id'
        | '/deployments/$id';
      params: { id: string };
      search?: { tab: StrategyTab };
    }
  | { to: '/backtests/sweeps/$job'; params: { job: string } }
  | { to: '/data' | '/data/feeds' };

export interface ResultLink {
  /** The fields of the result that it stands for. */
  of: readonly string[];
  name: string;
  words: string;
  target: ResultTarget;
}

/** What a link is made of. */
interface LinkedJob {
  id: string;
  kind: string;
  subject_id: string | null;
}

type Linker = (id: string, result: Record<string, unknown>, job: LinkedJob) => ResultTarget | null;

const textIn = (result: Record<string, unknown>, key: string): string | null => {
  const value = result[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

const LINKERS: Record<string, { name: string; words: string; target: Linker }> = {
  backtest_id: {
    ...{ name: 'Backtest', words: 'Open the backtest' },
    target: (id) => ({ to: '/backtests/$id', params: { id } }),
  },
  validation_id: {
    ...{ name: 'Validation', words: 'Open the validation of the strategy' },
    target: (_, result) => {
      const id = textIn(result, 'strategy_id');
      return id === null ? null : { to: '/validation/$id', params: { id } };
    },
  },
  holdout_id: {
    ...{ name: 'Holdout', words: 'Open the holdout among the trials' },
    target: (_, result) => {
      const id = textIn(result, 'strategy_id');
      return id === null ? null : { to: '/strategies/$id', params: { id }, search: { tab: 'trials' } };
    },
  },
  strategy_id: {
    ...{ name: 'Strategy', words: 'Open the strategy' },
    target: (id) => ({ to: '/strategies/$id', params: { id } }),
  },
  model_id: {
    ...{ name: 'Model', words: 'Open the model' },
    target: (id) => ({ to: '/features/models/$id', params: { id } }),
  },
  dataset_id: {
    ...{ name: 'Dataset', words: 'Open the feature with its datasets' },
    target: (_, __, { subject_id: id }) => (id === null ? null : { to: '/features/$id', params: { id } }),
  },
  deployment_id: {
    ...{ name: 'Deployment', words: 'Open the deployment' },
    target: (id) => ({ to: '/deployments/$id', params: { id } }),
  },
  series_id: { name: 'Series', words: 'Open the stored series', target: () => ({ to: '/data' }) },
  subscription_id: { name: 'Feed', words: 'Open the feeds', target: () => ({ to: '/data/feeds' }) },
};

/** Links to what a job made or worked on; those of a sweep to the page that ranks its cells. */
export function resultLinks(result: Record<string, unknown>, job: LinkedJob): ResultLink[] {
  const sweep: ResultLink[] =
    job.kind === 'backtest.sweep'
      ? [
          {
            ...{ of: [], name: 'Sweep', words: 'Open its cells, ranked' },
            target: { to: '/backtests/sweeps/$job', params: { job: job.id } },
          },
        ]
      : [];
  const named = Object.entries(LINKERS).flatMap(([key, { name, words, target }]): ResultLink[] => {
    const id = textIn(result, key);
    const found = id === null ? null : target(id, result, job);
    return found === null ? [] : [{ of: [key], name, words, target: found }];
  });
  return [...sweep, ...named];
}
