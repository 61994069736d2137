/** What can have a note and tags. */
export const SUBJECT_KINDS = [
  'strategy',
  'backtest',
  'validation',
  'feature',
  'model',
  'signal',
  'dataset',
  'experiment',
  'sweep',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

const readable = (table: string, further = ''): string =>
  `SELECT 1 FROM ${table} WHERE id = $1 AND owner_id = $2${further} FOR KEY SHARE`;

/** Asks for the row of a subject ($1) that its owner ($2) may annotate, and keeps it from being deleted until the transaction ends. */
export const SUBJECT_ROW: Record<SubjectKind, string> = {
  strategy: readable('research.strategy'),
  backtest: readable('research.backtest'),
  validation: readable('research.validation'),
  feature: readable('research.feature'),
  model: readable('research.model'),
  signal: readable('research.signal_logic'),
  dataset: readable('research.dataset'),
  experiment: readable('research.trial'),
  sweep: readable('ops.job', ` AND kind = 'backtest.sweep'`),
};
