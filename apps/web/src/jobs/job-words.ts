import { inWords } from '../format/words';

const KINDS: Record<string, string> = {
  'backtest.execute': 'Backtest',
  'backtest.sweep': 'Sweep',
  'backtest.sweep_shard': 'Part of a sweep',
  'data.import': 'Import of bars',
  'data.import_file': 'Import of a file',
  'data.refresh': 'Fetch from a feed',
  'data.refresh_due': 'Look which feeds are due',
  'data.sweep_uploads': 'Tidying of uploads',
  'deployment.replay': 'Replay of past sessions',
  'deployment.run': 'Run at a close',
  'feature.generate': 'Computing of features',
  'holdout.look': 'Look at a locked holdout',
  'model.train': 'Fit of a model',
  'model.tune': 'Search of a model',
  'signal.explain': 'Explanation of a bar',
  'signal.generate': 'Signals over bars',
  'validation.cpcv': 'Cross-validation (CPCV)',
  'validation.walk_forward': 'Walk-forward',
  'validation.walk_forward_search': 'Walk-forward with a choice in every fold',
};

/** What a kind of job is called; one without a name of its own by its parts. */
export const jobWords = (kind: string): string => KINDS[kind] ?? inWords(kind);
