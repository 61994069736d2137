/** Figures of a fit as the API gives them, by name. */
export type ModelMetrics = Readonly<Record<string, unknown>>;

interface Meaning {
  name: string;
  explains: string;
}

const MEANINGS: Record<string, Meaning> = {
  log_loss: { name: 'Log loss', explains: 'lower is better; 0.693 is a coin' },
  auc: { name: 'AUC', explains: 'a higher chance is told of rows that rise; 0.5 is a coin' },
  accuracy: { name: 'Accuracy', explains: 'part of the rows that it tells right' },
  base_rate: { name: 'Base rate', explains: 'part of the rows with label 1' },
  ic: { name: 'IC', explains: 'rank correlation of prediction and label' },
  mse: { name: 'Mean squared error', explains: 'lower is better' },
  mae: { name: 'Mean absolute error', explains: 'lower is better' },
  hit_rate: { name: 'Hit rate', explains: 'part of the rows whose sign it tells right' },
};

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

export interface MetricRow extends Meaning {
  key: string;
  inSample: number | null;
  outOfSample: number | null;
}

/** How the model describes rows it was fitted on, and those that it was not, metric by metric. */
export const metricRows = (metrics: ModelMetrics): MetricRow[] =>
  Object.entries(MEANINGS)
    .filter(([key]) => key in metrics || `oos_${key}` in metrics)
    .map(([key, meaning]) => ({
      key,
      ...meaning,
      inSample: numberOf(metrics[key]),
      outOfSample: numberOf(metrics[`oos_${key}`]),
    }));

/** Folds that the out-of-sample figures are means over; 0 where it was not judged so. */
export const foldsOf = (metrics: ModelMetrics): number => numberOf(metrics.oos_folds) ?? 0;

export const nameOfMetric = (key: string): string => MEANINGS[key]?.name ?? key;

/** What the folds of a fit are told by. */
interface FoldFigures {
  metrics: ModelMetrics | null;
}

/** Metrics that some fold has, in the order in which they are explained. */
export function metricNames(folds: readonly FoldFigures[]): string[] {
  const found = new Set(folds.flatMap(({ metrics }) => Object.keys(metrics ?? {})));
  return Object.keys(MEANINGS).filter((name) => found.has(name));
}

/** The rank correlation of each fold that has one, in the order of time. */
export const foldBars = (folds: readonly FoldFigures[]): InputRow[] =>
  folds.flatMap(({ metrics }, index): InputRow[] => {
    const value = numberOf(metrics?.ic);
    return value === null ? [] : [{ name: `Fold ${index + 1}`, value }];
  });

export interface InputRow {
  name: string;
  value: number;
}

type InputFigure = 'importance' | 'coefficient' | 'gain_share' | 'selection_score' | 'oos_selected';

/** Figures of every input under a prefix, the largest first whatever its sign; inputs without one are left out. */
export function inputRows(metrics: ModelMetrics, prefix: InputFigure): InputRow[] {
  const start = `${prefix}.`;
  return Object.entries(metrics)
    .flatMap(([key, given]): InputRow[] => {
      const value = numberOf(given);
      return key.startsWith(start) && value !== null ? [{ name: key.slice(start.length), value }] : [];
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.name.localeCompare(b.name));
}

/** What is left: rows, trees, iterations and the like. */
export const furtherFigures = (metrics: ModelMetrics): [string, number | null][] =>
  Object.entries(metrics)
    .filter(([key]) => !(key in MEANINGS) && !key.startsWith('oos_') && !key.includes('.'))
    .map(([key, value]): [string, number | null] => [key, numberOf(value)])
    .sort(([a], [b]) => a.localeCompare(b));
